package io.puraify.blackbox.server;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Ends the process at a named moment, as {@code kill -9} would: crash tests set the system property
 * {@code blackbox.crash.at} to a fault point and how often it is passed before, as in {@code
 * journal.synced:17}.
 */
final class CrashPoint implements Consumer<String> {

  private static final String PROPERTY = "blackbox.crash.at";

  /** What a shell reports of a process that was killed with signal 9. */
  private static final int KILLED = 128 + 9;

  private final String name;
  private final AtomicInteger left;

  private CrashPoint(String name, int passes) {
    this.name = name;
    this.left = new AtomicInteger(passes);
  }

  /** What the system property asks for; does nothing where it is not set. */
  static Consumer<String> fromSystemProperty() {
    String text = System.getProperty(PROPERTY);
    if (text == null) {
      return name -> {};
    }
    String[] parts = text.split(":", -1);
    if (parts.length != 2 || !parts[1].matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException(
          "%s is '%s'; NAME:PASSES was expected".formatted(PROPERTY, text));
    }
    return new CrashPoint(parts[0], Integer.parseInt(parts[1]));
  }

  @Override
  public void accept(String passed) {
    if (passed.equals(name) && left.getAndDecrement() == 0) {
      Runtime.getRuntime().halt(KILLED);
    }
  }
}
