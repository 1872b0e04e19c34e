package io.puraify.blackbox.core;

/**
 * A value of a field.
 *
 * @param value as a filter compares it
 * @param count how many events have it, ≥ 1
 */
public record FieldValue(String value, long count) {}
