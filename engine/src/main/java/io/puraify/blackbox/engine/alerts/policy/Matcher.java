package io.puraify.blackbox.engine.alerts.policy;

import io.puraify.blackbox.core.RegexPattern;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a label of an alert has to be. Immutable, safe for any thread.
 *
 * @param label its name; an alert without it has the empty text there
 * @param operator as Prometheus Alertmanager has them
 * @param value a text; for {@code =~} and {@code !~} a regular expression for the whole of it
 */
public record Matcher(String label, Operator operator, String value, @Nullable RegexPattern regex) {

  /** How a label is compared. */
  public enum Operator {
    EQUAL("="),
    NOT_EQUAL("!="),
    MATCHES("=~"),
    NOT_MATCHES("!~");

    private final String sign;

    Operator(String sign) {
      this.sign = sign;
    }

    public String sign() {
      return sign;
    }
  }

  /**
   * A matcher of a label.
   *
   * @throws IllegalArgumentException where the value is no regular expression and has to be one
   */
  public static Matcher of(String label, Operator operator, String value) {
    if (operator == Operator.EQUAL || operator == Operator.NOT_EQUAL) {
      return new Matcher(label, operator, value, null);
    }
    // Alone first: a parenthesis that is not its own could close the one that is put around it.
    var _ = RegexPattern.of(value, false);
    return new Matcher(label, operator, value, RegexPattern.of("^(?:" + value + ")$", false));
  }

  /** Whether an alert of these labels is meant. */
  public boolean matches(Map<String, String> labels) {
    String text = labels.getOrDefault(label, "");
    return switch (operator) {
      case EQUAL -> text.equals(value);
      case NOT_EQUAL -> !text.equals(value);
      case MATCHES -> regex != null && regex.isIn(text);
      case NOT_MATCHES -> regex == null || !regex.isIn(text);
    };
  }

  @Override
  public String toString() {
    return label + operator.sign() + '"' + value + '"';
  }
}
