package io.puraify.blackbox.engine.alerts.policy;

import io.puraify.blackbox.engine.alerts.policy.Matcher.Operator;
import io.puraify.blackbox.engine.query.Reading;
import java.util.List;
import java.util.Map;

/**
 * Matchers as documents write them: {@code {"label": "severity", "op": "=~", "value":
 * "high|critical"}}.
 */
public final class Matchers {

  private static final int MOST = 32;
  private static final int MOST_CHARACTERS = 1_000;

  private Matchers() {}

  /** The matchers of an array, of which all must hold. */
  public static List<Matcher> read(Reading in, String name) {
    return in.objects(name, MOST, (each, number) -> matcher(each));
  }

  private static Matcher matcher(Reading in) {
    String label = in.text("label", "", 256);
    String sign = in.text("op", "=", 2);
    String value = in.text("value", "", MOST_CHARACTERS);
    if (label.isBlank()) {
      in.error("label", "the name of a label was expected");
    }
    Operator operator = Operator.EQUAL;
    boolean found = false;
    for (Operator each : Operator.values()) {
      if (each.sign().equals(sign)) {
        operator = each;
        found = true;
      }
    }
    if (!found) {
      in.error("op", "one of = != =~ !~ was expected");
    }
    try {
      return Matcher.of(label, operator, value);
    } catch (IllegalArgumentException e) {
      in.error("value", String.valueOf(e.getMessage()));
      return Matcher.of(label, Operator.EQUAL, value);
    }
  }

  /** Whether all of them match; with none, they match nothing. */
  public static boolean match(List<Matcher> matchers, Map<String, String> labels) {
    return !matchers.isEmpty() && matchers.stream().allMatch(each -> each.matches(labels));
  }
}
