package io.puraify.blackbox.engine.alerts;

import org.jspecify.annotations.Nullable;

/**
 * A policy as somebody has written it.
 *
 * @param version from 1 for what was changed, 0 for what is shipped
 * @param changed when, in microseconds since the epoch
 * @param actor who
 * @param document its JSON; {@code null} where it was removed
 */
public record PolicyVersion(
    String policy, long version, long changed, String actor, @Nullable String document) {}
