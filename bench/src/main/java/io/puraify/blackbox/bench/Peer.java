package io.puraify.blackbox.bench;

import java.io.IOException;
import java.nio.file.Path;

/** A system that stores and finds events, as it is measured side by side with others. */
interface Peer {

  /**
   * What to do.
   *
   * @param events the file
   * @param count of events in it
   * @param samples what to ask for
   */
  record Task(Path events, long count, Samples samples) {}

  /** The name that it is chosen by. */
  String name();

  /**
   * Makes sure that it can be started.
   *
   * @throws IOException naming what is missing, and the command that brings it
   */
  void requireInstalled() throws IOException;

  /** Starts it on an empty folder, loads the events, asks, and ends it. */
  SystemResult measure(Task task) throws IOException, InterruptedException;
}
