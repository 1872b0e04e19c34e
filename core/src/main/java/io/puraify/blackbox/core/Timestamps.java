package io.puraify.blackbox.core;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;

/** Reads the times that people and programs write, straight from bytes. */
public final class Timestamps {

  /** Stands for a text that is no time. */
  public static final long UNREADABLE = Long.MIN_VALUE;

  /**
   * Numbers below these are seconds, milliseconds and microseconds since the epoch, others are
   * nanoseconds. Each bound is the year 5138 in its unit and 1973 in the next finer one, so that no
   * time from 1973 on is taken for another.
   */
  private static final double SECONDS_BELOW = 1e11;

  private static final double MILLIS_BELOW = 1e14;
  private static final double MICROS_BELOW = 1e17;

  private Timestamps() {}

  /** Microseconds since the epoch of an RFC 3339 time or a number, or {@link #UNREADABLE}. */
  public static long parse(byte[] b, int from, int to) {
    long micros = rfc3339(b, from, to);
    return micros != UNREADABLE ? micros : number(b, from, to);
  }

  /** Microseconds of a number of s, ms, µs or ns since the epoch, told apart by magnitude. */
  public static long number(byte[] b, int from, int to) {
    int digits = to - from;
    if (digits <= 0 || digits > 40) {
      return UNREADABLE;
    }
    if (digits <= 18) {
      long value = digits(b, from, to);
      if (value >= 0) {
        return value < SECONDS_BELOW
            ? value * 1_000_000
            : value < MILLIS_BELOW ? value * 1_000 : value < MICROS_BELOW ? value : value / 1_000;
      }
    }
    try {
      return micros(new BigDecimal(new String(b, from, digits, StandardCharsets.ISO_8859_1)));
    } catch (NumberFormatException | ArithmeticException e) {
      return UNREADABLE;
    }
  }

  private static long micros(BigDecimal value) {
    if (value.signum() < 0 || value.precision() - value.scale() > 20) {
      return UNREADABLE;
    }
    double magnitude = value.doubleValue();
    int shift =
        magnitude < SECONDS_BELOW
            ? 6
            : magnitude < MILLIS_BELOW ? 3 : magnitude < MICROS_BELOW ? 0 : -3;
    return value.scaleByPowerOfTen(shift).longValue();
  }

  /**
   * {@code 2025-07-25T14:01:00[.123456789](Z|+02:00)}; also with a space or in lower case, and
   * without a zone, which is taken for UTC.
   */
  private static long rfc3339(byte[] b, int from, int to) {
    if (to - from < 19 || b[from + 4] != '-' || b[from + 7] != '-') {
      return UNREADABLE;
    }
    byte separator = b[from + 10];
    if ((separator != 'T' && separator != 't' && separator != ' ')
        || b[from + 13] != ':'
        || b[from + 16] != ':') {
      return UNREADABLE;
    }
    long year = digits(b, from, from + 4);
    long month = digits(b, from + 5, from + 7);
    long day = digits(b, from + 8, from + 10);
    long hour = digits(b, from + 11, from + 13);
    long minute = digits(b, from + 14, from + 16);
    long second = digits(b, from + 17, from + 19);
    int at = from + 19;
    long fraction = 0;
    if (at < to && (b[at] == '.' || b[at] == ',')) {
      int first = ++at;
      while (at < to && b[at] >= '0' && b[at] <= '9') {
        at++;
      }
      if (at == first) {
        return UNREADABLE;
      }
      fraction = microsOfFraction(b, first, at);
    }
    long offset = offsetSeconds(b, at, to);
    boolean valid =
        (year | month | day | hour | minute | second) >= 0
            && month >= 1
            && month <= 12
            && day >= 1
            && hour <= 23
            && minute <= 59
            && second <= 60
            && offset != UNREADABLE;
    if (!valid || day > daysOf((int) year, (int) month)) {
      return UNREADABLE;
    }
    // A leap second is the last microsecond that its minute has here.
    long epochDay = epochDay((int) year, (int) month, (int) day);
    long seconds = epochDay * 86_400 + hour * 3_600 + minute * 60 + Math.min(second, 59) - offset;
    return seconds * 1_000_000 + (second == 60 ? 999_999 : fraction);
  }

  private static long epochDay(int year, int month, int day) {
    // Days from civil, after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
    int y = month <= 2 ? year - 1 : year;
    int era = Math.floorDiv(y, 400);
    int yearOfEra = y - era * 400;
    int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097L + dayOfEra - 719_468;
  }

  private static int daysOf(int year, int month) {
    try {
      return LocalDate.of(year, month, 1).lengthOfMonth();
    } catch (DateTimeException e) {
      return 0;
    }
  }

  private static long microsOfFraction(byte[] b, int from, int to) {
    long micros = 0;
    for (int i = 0; i < 6; i++) {
      micros = micros * 10 + (from + i < to ? b[from + i] - '0' : 0);
    }
    return micros;
  }

  private static long offsetSeconds(byte[] b, int at, int to) {
    if (at >= to) {
      return 0;
    }
    byte sign = b[at];
    if (sign == 'Z' || sign == 'z') {
      return at + 1 == to ? 0 : UNREADABLE;
    }
    boolean colon = to - at == 6 && b[at + 3] == ':';
    if ((sign != '+' && sign != '-') || (!colon && to - at != 5)) {
      return UNREADABLE;
    }
    long hours = digits(b, at + 1, at + 3);
    long minutes = digits(b, to - 2, to);
    if (hours < 0 || minutes < 0 || hours > 23 || minutes > 59) {
      return UNREADABLE;
    }
    return (hours * 3_600 + minutes * 60) * (sign == '-' ? -1 : 1);
  }

  /** The number that the digits are, or -1 where one is no digit. */
  private static long digits(byte[] b, int from, int to) {
    long value = 0;
    for (int i = from; i < to; i++) {
      int digit = b[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
