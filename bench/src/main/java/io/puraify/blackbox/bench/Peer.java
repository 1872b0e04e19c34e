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
   * @param expected what the answers must have
   */
  record Task(Path events, long count, Samples samples, Expected expected) {

    static Task of(Path events, long count, Samples samples) throws IOException {
      return new Task(events, count, samples, Expected.of(events, count, samples));
    }

    /** The same for the first so many events, or for all where there are no more. */
    Task first(long most) throws IOException {
      return most < count ? of(events, most, samples) : this;
    }
  }

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
