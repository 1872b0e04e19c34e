package io.puraify.blackbox.engine.performance;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Micros;
import java.time.Instant;
import java.util.Random;

/** Calls of some series, of which some come late and some are incomplete. */
final class MadeUpCalls {

  static final long START = Micros.of(Instant.parse("2026-01-05T00:00:00Z"));

  private static final String[] STATUSES = {"success", "error", "timeout", "retry", "denied"};

  private final Random random;
  private final int projects;
  private long position;
  private long now = START;

  MadeUpCalls(Random random, int projects) {
    this.random = random;
    this.projects = projects;
  }

  /** Lets time pass. */
  void pass(long minutes) {
    now += minutes * Span.MICROS_PER_MINUTE;
  }

  long nowMicros() {
    return now;
  }

  Event next() {
    Event.Builder event = Event.at(position++);
    event.set(Field.RECEIVED_AT, now);
    event.set(Field.PROJECT_ID, "p" + random.nextInt(projects));
    long late =
        random.nextInt(20) == 0 ? random.nextLong(12 * Micros.PER_DAY) : random.nextInt(90_000_000);
    event.set(Field.TIMESTAMP, Math.max(START, now - late));
    maybe(event, Field.ENGINE, "e", 2);
    maybe(event, Field.PLATFORM, "f", 3);
    maybe(event, Field.ACTION, "a", 3);
    event.set(Field.STATUS, STATUSES[Math.min(4, (int) (6 * random.nextDouble()))]);
    if (random.nextInt(5) > 0) {
      event.set(Field.DURATION_MS, Math.rint(1e3 * Math.exp(6 + random.nextGaussian())) / 1e3);
    }
    if (random.nextInt(4) == 0) {
      event.set(Field.RETRIES, (long) random.nextInt(4));
    }
    return event.build();
  }

  private void maybe(Event.Builder event, Field field, String name, int values) {
    int value = random.nextInt(values + 1);
    if (value > 0) {
      event.set(field, name + value);
    }
  }
}
