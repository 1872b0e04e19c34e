package io.puraify.blackbox.core;

/**
 * The last event of a page; the next page starts behind it.
 *
 * <p>The pair is unique and never changes, so that pages neither repeat nor skip an event while
 * others arrive.
 */
public record Cursor(long timestampMicros, long position) {}
