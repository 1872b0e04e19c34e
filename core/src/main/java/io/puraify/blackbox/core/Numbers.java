package io.puraify.blackbox.core;

import java.math.BigDecimal;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Numbers as text, the same everywhere. */
public final class Numbers {

  /** The grammar of a JSON number. Stores guard their own conversion with the same expression. */
  public static final String PATTERN = "-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?";

  private static final Pattern NUMBER = Pattern.compile(PATTERN);

  private Numbers() {}

  /** Plain decimals without an exponent or a needless fraction: 842, 0.5. */
  public static String format(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  /** The number that a text is, or nothing where it is none or beyond a double's range. */
  public static OptionalDouble parse(String text) {
    if (!NUMBER.matcher(text).matches()) {
      return OptionalDouble.empty();
    }
    double value = Double.parseDouble(text);
    return Double.isInfinite(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
