package io.puraify.blackbox.server.config;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them: {@code 4GiB}, {@code 512MB}, {@code 1048576}. */
final class ByteSize {

  /** What a size looks like, for messages. */
  static final String EXAMPLES = "such as 512MiB or 4GiB";

  private static final Pattern SIZE =
      Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,6})?) *([a-z]*)", Pattern.CASE_INSENSITIVE);

  /** The units of 1024 (IEC 80000-13), the largest first. */
  private static final List<Unit> BINARY =
      List.of(
          new Unit("TiB", 1L << 40),
          new Unit("GiB", 1L << 30),
          new Unit("MiB", 1L << 20),
          new Unit("KiB", 1L << 10));

  private static final List<Unit> DECIMAL =
      List.of(
          new Unit("TB", 1_000_000_000_000L),
          new Unit("GB", 1_000_000_000L),
          new Unit("MB", 1_000_000L),
          new Unit("KB", 1_000L),
          new Unit("B", 1),
          new Unit("", 1));

  private record Unit(String name, long bytes) {}

  private ByteSize() {}

  /**
   * The bytes that a text means; units in any case, those of 1024 with an i, those of 1000 without.
   *
   * @throws IllegalArgumentException where the text is no size, or no whole number of bytes
   */
  static long parse(String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      throw new IllegalArgumentException("not a number with a unit");
    }
    BigDecimal number = new BigDecimal(size.group(1));
    try {
      return number.multiply(BigDecimal.valueOf(unit(size.group(2)).bytes)).longValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("not a whole number of bytes", e);
    }
  }

  private static Unit unit(String name) {
    for (List<Unit> units : List.of(BINARY, DECIMAL)) {
      for (Unit unit : units) {
        if (unit.name.equalsIgnoreCase(name)) {
          return unit;
        }
      }
    }
    throw new IllegalArgumentException("no unit is called " + name);
  }

  /** The shortest exact text of a size: {@code 512MiB}, {@code 1000B}. */
  static String format(long bytes) {
    for (Unit unit : BINARY) {
      if (bytes % unit.bytes == 0 && bytes > 0) {
        return String.format(Locale.ROOT, "%d%s", bytes / unit.bytes, unit.name);
      }
    }
    return bytes + "B";
  }
}
