package io.puraify.blackbox.server.cli;

import io.puraify.blackbox.server.demo.DemoCommand;

/** A server that runs until it is closed, for every command that starts one. */
public interface RunningServer extends DemoCommand.Running {

  /** Takes no more requests, finishes those at hand and closes its files. */
  @Override
  void close();
}
