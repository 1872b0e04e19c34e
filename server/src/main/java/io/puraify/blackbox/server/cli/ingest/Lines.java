package io.puraify.blackbox.server.cli.ingest;

/** Counts lines as the server does: those of white space alone are no events. */
final class Lines {

  private Lines() {}

  /** Line ends in {@code bytes[from, to)}. */
  static long ends(byte[] bytes, int from, int to) {
    long ends = 0;
    for (int i = from; i < to; i++) {
      ends += bytes[i] == '\n' ? 1 : 0;
    }
    return ends;
  }

  /**
   * The line, from 0, of an event.
   *
   * @param index which event, from 0
   * @return the number of lines where there are fewer events
   */
  static long ofEvent(byte[] bytes, int to, long index) {
    long line = 0;
    long events = 0;
    boolean blank = true;
    for (int i = 0; i < to; i++) {
      if (bytes[i] == '\n') {
        line++;
        blank = true;
      } else if (blank && !isBlank(bytes[i])) {
        blank = false;
        if (events++ == index) {
          return line;
        }
      }
    }
    return line;
  }

  /** Lines that are not blank. */
  static long events(byte[] bytes, int to) {
    long events = 0;
    boolean blank = true;
    for (int i = 0; i < to; i++) {
      if (bytes[i] == '\n') {
        blank = true;
      } else if (blank && !isBlank(bytes[i])) {
        blank = false;
        events++;
      }
    }
    return events;
  }

  private static boolean isBlank(byte b) {
    return b >= 0 && b <= ' ';
  }
}
