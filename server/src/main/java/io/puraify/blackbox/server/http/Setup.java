package io.puraify.blackbox.server.http;

import io.puraify.blackbox.server.config.Settings;
import java.time.Instant;

/**
 * How this server is set up.
 *
 * @param version of Blackbox
 * @param startedAt when it was started
 */
public record Setup(Settings settings, String version, Instant startedAt) {}
