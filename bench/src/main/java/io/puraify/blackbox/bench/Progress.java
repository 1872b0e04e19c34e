package io.puraify.blackbox.bench;

import java.io.Console;
import java.util.Locale;
import java.util.Optional;

/**
 * A line on standard error that says how far a long work is. Where nobody watches, a new line now
 * and then, for the log.
 */
final class Progress {

  private static final long WATCHED_EVERY_NANOS = 200_000_000;
  private static final long LOGGED_EVERY_NANOS = 30_000_000_000L;

  private final String what;
  private final long total;
  private final boolean watched =
      Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  private long last = System.nanoTime();

  private Progress(String what, long total) {
    this.what = what;
    this.total = total;
  }

  static Progress of(String what, long total) {
    return new Progress(what, total);
  }

  /** Tells how much is done; may be called often, by any thread. */
  synchronized void at(long done) {
    long now = System.nanoTime();
    boolean end = watched && done == total;
    if (now - last > (watched ? WATCHED_EVERY_NANOS : LOGGED_EVERY_NANOS) || end) {
      last = now;
      System.err.printf(
          Locale.ROOT,
          "%s%,d of %,d %s (%d %%)%s",
          watched ? "\r" : "",
          done,
          total,
          what,
          100 * done / total,
          end || !watched ? System.lineSeparator() : "");
    }
  }
}
