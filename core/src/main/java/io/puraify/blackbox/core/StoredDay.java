package io.puraify.blackbox.core;

/**
 * What an event store has of one UTC day.
 *
 * @param day in days since 1970-01-01
 * @param events that are stored and whose {@code timestamp} is of that day, ≥ 1; one that stands
 *     for several is one
 * @param bytes that they take on disk, with what makes them searchable, ≥ 0
 */
public record StoredDay(long day, long events, long bytes) {}
