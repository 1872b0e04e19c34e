package io.puraify.blackbox.core;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as microseconds since 1970-01-01T00:00:00Z, the precision of everything stored. */
public final class Micros {

  /** Microseconds in a UTC day, which has no leap seconds. */
  public static final long PER_DAY = 86_400_000_000L;

  private Micros() {}

  /** Drops what is finer than a microsecond. */
  public static long of(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
  }

  public static Instant toInstant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /** The UTC day of a time, in days since 1970-01-01. */
  public static long day(long micros) {
    return Math.floorDiv(micros, PER_DAY);
  }

  /** RFC 3339 in UTC with as many decimals as are needed: {@code 2025-07-25T14:01:00Z}. */
  public static String format(long micros) {
    return toInstant(micros).toString();
  }
}
