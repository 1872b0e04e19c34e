package io.puraify.blackbox.server.cli.query;

import java.math.BigDecimal;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Numbers as people read them: rounded, with commas between thousands, rates in percent. */
final class ShownNumber {

  private static final String RATE = "error_rate";

  /** From here on a fraction says nothing. */
  private static final BigDecimal WITHOUT_FRACTION = BigDecimal.valueOf(1_000);

  private ShownNumber() {}

  /** The value of a measure; empty where it has none. */
  static String of(String measure, JsonNode value) {
    if (!value.isNumber()) {
      return "";
    }
    return measure.equals(RATE) ? percent(value) : of(value.decimalValue());
  }

  static String percent(JsonNode share) {
    return share.isNumber()
        ? String.format(Locale.ROOT, "%.2f %%", share.decimalValue().movePointRight(2))
        : "";
  }

  private static String of(BigDecimal number) {
    boolean whole =
        number.stripTrailingZeros().scale() <= 0 || number.abs().compareTo(WITHOUT_FRACTION) >= 0;
    return String.format(Locale.ROOT, whole ? "%,.0f" : "%.3f", number);
  }
}
