package io.puraify.blackbox.bench;

import java.io.Console;
import java.util.Locale;
import java.util.Optional;

/** A line on standard error that says how far a long work is; silent where nobody watches. */
final class Progress {

  private static final long EVERY_NANOS = 200_000_000;

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
    if (watched && (now - last > EVERY_NANOS || done == total)) {
      last = now;
      System.err.printf(
          Locale.ROOT, "\r%,d of %,d %s (%d %%)", done, total, what, 100 * done / total);
      if (done == total) {
        System.err.println();
      }
    }
  }
}
