package io.puraify.blackbox.bench;

import java.time.Duration;
import java.util.Locale;

/** Says on standard error what is being done, with the time since the beginning. */
final class Steps {

  private final long began = System.nanoTime();

  void say(String step) {
    Duration since = Duration.ofNanos(System.nanoTime() - began);
    System.err.printf(
        Locale.ROOT, "[%02d:%02d] %s%n", since.toMinutes(), since.toSecondsPart(), step);
  }
}
