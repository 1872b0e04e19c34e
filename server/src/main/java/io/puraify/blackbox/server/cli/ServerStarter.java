package io.puraify.blackbox.server.cli;

import io.puraify.blackbox.server.config.Settings;

/** Starts a server that is ready when {@link #start} returns. */
@FunctionalInterface
public interface ServerStarter {

  RunningServer start(Settings settings);
}
