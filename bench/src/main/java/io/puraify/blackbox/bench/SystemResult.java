package io.puraify.blackbox.bench;

/**
 * What was measured of one system.
 *
 * @param name with its version, where it has one
 * @param events that it was given
 */
record SystemResult(String name, long events, Measurements measurements) {}
