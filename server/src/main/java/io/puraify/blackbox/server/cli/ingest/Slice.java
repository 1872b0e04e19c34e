package io.puraify.blackbox.server.cli.ingest;

import io.puraify.blackbox.server.cli.http.RequestBody;
import java.io.IOException;

/** Some whole events of an input, an event a line, that are sent in one request. */
interface Slice extends RequestBody {

  /** The input's name. */
  String input();

  /**
   * The line of the input, from 1, where an event begins. May read the input once more.
   *
   * @param index which event of the slice, from 0
   */
  long line(long index) throws IOException;

  /** How many events there are; counts them. */
  long events() throws IOException;
}
