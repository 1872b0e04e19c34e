package io.puraify.blackbox.engine.replay;

/**
 * The state before an event, so that whoever seeks need not play from the beginning.
 *
 * @param index which event comes next, from 0
 */
public record Keyframe(int index, ReplayState state) {}
