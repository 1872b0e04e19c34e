package io.puraify.blackbox.engine.templates;

/**
 * A part of a message that is a value.
 *
 * @param rule that decided so
 * @param from its first character
 * @param to the one behind its last
 */
public record Masked(Rule rule, int from, int to) {}
