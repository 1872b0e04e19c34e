package io.puraify.blackbox.engine.templates;

import java.util.Locale;
import java.util.Set;

/**
 * Finds days and times of day. Each method is given where one may begin and returns where it ends,
 * or {@link #NONE}; none looks further than a few dozen characters.
 */
final class Moments {

  static final int NONE = -1;

  private static final Set<String> MONTHS =
      Set.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

  private static final Set<String> WEEKDAYS =
      Set.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

  private Moments() {}

  /** A time of day such as {@code 14:01:00.123Z}, or a span such as {@code 00:01}. */
  static int time(String text, int from) {
    int hours = digits(text, from, 2);
    if (hours == from || !is(text, hours, ':')) {
      return NONE;
    }
    int minutes = digits(text, hours + 1, 2);
    if (minutes != hours + 3) {
      return NONE;
    }
    int end = minutes;
    if (is(text, end, ':')) {
      int seconds = digits(text, end + 1, 2);
      if (seconds != end + 3) {
        return NONE;
      }
      end = fraction(text, seconds);
    }
    // Behind another colon it would be a part of a hardware address.
    boolean more = is(text, end, ':') && !Chars.wordEnds(text, end + 1);
    return more ? NONE : Chars.wordEnds(text, end) ? end : zone(text, end);
  }

  private static int fraction(String text, int at) {
    if (is(text, at, '.') || is(text, at, ',')) {
      int end = digits(text, at + 1, 9);
      return end > at + 1 ? end : at;
    }
    return at;
  }

  /** {@code Z}, or {@link #NONE} where something else follows the time directly. */
  private static int zone(String text, int at) {
    return is(text, at, 'Z') && Chars.wordEnds(text, at + 1) ? at + 1 : NONE;
  }

  /** A moment that begins with a number, such as {@code 2025-07-25T14:01:00Z}. */
  static int numeric(String text, int from) {
    int day = day(text, from);
    if (day == NONE) {
      int time = time(text, from);
      return time == NONE ? NONE : offset(text, time);
    }
    for (int gap = day; gap <= day + 1; gap++) {
      boolean separated = gap == day || "T :-_.".indexOf(charAt(text, day)) >= 0;
      int time = separated ? time(text, gap) : NONE;
      if (time != NONE) {
        return offset(text, time);
      }
    }
    return Chars.wordEnds(text, day) ? day : NONE;
  }

  private static int day(String text, int from) {
    int first = digits(text, from, 4);
    char separator = charAt(text, first);
    if (first == from || separator != '-' && separator != '/' && separator != '.') {
      return NONE;
    }
    int second = digits(text, first + 1, 2);
    if (second == first + 1) {
      return monthInside(text, from, first, separator);
    }
    if (!is(text, second, separator)) {
      return NONE;
    }
    int third = digits(text, second + 1, 4);
    int years = Math.max(first - from, third - second - 1);
    boolean full = third > second + 1 && years == 4;
    boolean short2 = separator == '/' && first - from == 2 && third == second + 3;
    return full || short2 ? third : NONE;
  }

  /** {@code 25/Jul/2025} and {@code 25-Jul-2025}. */
  private static int monthInside(String text, int from, int first, char separator) {
    int year = first + 5;
    if (first - from > 2 || !named(text, first + 1, MONTHS) || !is(text, first + 4, separator)) {
      return NONE;
    }
    int end = digits(text, year, 4);
    return end == year + 4 ? end : NONE;
  }

  private static int offset(String text, int from) {
    boolean spaced = is(text, from, ' ');
    int sign = spaced ? from + 1 : from;
    if (!is(text, sign, '+') && !is(text, sign, '-')) {
      return from;
    }
    int hours = digits(text, sign + 1, 4);
    if (hours == sign + 3 && is(text, hours, ':')) {
      hours = digits(text, hours + 1, 2) == hours + 3 ? hours + 3 : hours;
    }
    boolean whole = hours == sign + 5 || hours == sign + 6 || !spaced && hours == sign + 3;
    return whole && Chars.wordEnds(text, hours) ? hours : from;
  }

  /**
   * A moment with English names, such as {@code Fri Jun 17 07:07:00 2005} or {@code 8 May 2025}.
   */
  static int named(String text, int from) {
    int at = from;
    if (named(text, at, WEEKDAYS)) {
      at = skip(text, at + 3, ',');
      at = skip(text, at, ' ');
    }
    int month = digits(text, at, 2);
    boolean dayFirst = month > at;
    int name = dayFirst ? skip(text, month, ' ') : at;
    if (!named(text, name, MONTHS) || dayFirst && name == month) {
      return NONE;
    }
    int end = name + 3;
    if (!dayFirst) {
      int day = skip(text, skip(text, end, ' '), ' ');
      end = digits(text, day, 2);
      if (end == day || day == name + 3 || !Chars.wordEnds(text, end)) {
        return NONE;
      }
    }
    return rest(text, end);
  }

  /** Year, time, zone and year again, as far as they are there. */
  private static int rest(String text, int from) {
    int end = year(text, skip(text, from, ','));
    end = end == NONE ? from : end;
    int time = is(text, end, ' ') ? time(text, end + 1) : NONE;
    if (time == NONE) {
      return end;
    }
    end = offset(text, time);
    int zone = end + 1;
    while (zone < end + 6 && Character.isUpperCase(charAt(text, zone))) {
      zone++;
    }
    boolean zoned = is(text, end, ' ') && zone > end + 2 && Chars.wordEnds(text, zone);
    int year = year(text, zoned ? zone : end);
    return year != NONE ? year : end;
  }

  private static int year(String text, int from) {
    int end = is(text, from, ' ') ? digits(text, from + 1, 4) : from;
    return end == from + 5 && Chars.wordEnds(text, end) && !is(text, end, ':') ? end : NONE;
  }

  private static boolean named(String text, int from, Set<String> names) {
    return from + 3 <= text.length()
        // Small letters are left to words such as "may" and "sat".
        && text.charAt(from) >= 'A'
        && text.charAt(from) <= 'Z'
        && Chars.wordEnds(text, from + 3)
        && names.contains(text.substring(from, from + 3).toLowerCase(Locale.ROOT));
  }

  private static int skip(String text, int at, char c) {
    return is(text, at, c) ? at + 1 : at;
  }

  private static boolean is(String text, int at, char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  private static char charAt(String text, int at) {
    return at < text.length() ? text.charAt(at) : 0;
  }

  /** Where digits end that begin here, at most so many. */
  static int digits(String text, int from, int most) {
    int at = from;
    while (at < text.length() && at - from < most && Chars.digit(text.charAt(at))) {
      at++;
    }
    return at;
  }
}
