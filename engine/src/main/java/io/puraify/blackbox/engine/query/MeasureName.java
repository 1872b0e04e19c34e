package io.puraify.blackbox.engine.query;

import io.puraify.blackbox.core.ClosestName;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Measure;
import io.puraify.blackbox.core.Numbers;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Measures as requests write them: {@code count}, {@code p95:duration_ms}. */
final class MeasureName {

  private static final String EXPECTED =
      "write count, error_rate, or one of count, distinct, sum, avg, min, max, p50, p90, p95, p99"
          + " with a field, as in p95:duration_ms";

  private static final List<String> FUNCTIONS =
      List.of("count", "error_rate", "distinct", "sum", "avg", "min", "max", "p50", "p95", "p99");

  private static final Pattern PERCENTILE = Pattern.compile("p([0-9]{1,3}(\\.[0-9]{1,3})?)");

  private MeasureName() {}

  /**
   * The measure of a name.
   *
   * @throws FilterSyntaxException where there is none
   */
  static Measure parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      return switch (text) {
        case "count" -> new Measure.Count();
        case "error_rate" -> new Measure.ErrorRate();
        default ->
            throw FUNCTIONS.contains(text) || PERCENTILE.matcher(text).matches()
                ? new FilterSyntaxException(
                    "'%s' needs a field, as in %s:duration_ms".formatted(text, text))
                : unknown(text, text);
      };
    }
    String function = text.substring(0, colon);
    String name = text.substring(colon + 1);
    return switch (function) {
      case "count" -> new Measure.Present(FieldName.parse(name));
      case "distinct" -> new Measure.Distinct(FieldName.parse(name));
      case "sum" -> new Measure.Sum(number(name));
      case "avg" -> new Measure.Avg(number(name));
      case "min" -> new Measure.Min(number(name));
      case "max" -> new Measure.Max(number(name));
      default -> new Measure.Percentile(number(name), percent(function, text));
    };
  }

  private static double percent(String function, String text) {
    Matcher matcher = PERCENTILE.matcher(function);
    OptionalDouble percent =
        matcher.matches() ? Numbers.parse(matcher.group(1)) : OptionalDouble.empty();
    if (percent.isEmpty()) {
      throw unknown(function, text);
    }
    if (percent.getAsDouble() > 100) {
      throw new FilterSyntaxException("'%s' asks for a percentile above 100".formatted(text));
    }
    return percent.getAsDouble();
  }

  /** A field that has numbers and is no time: nobody wants the sum of times. */
  private static FieldRef number(String name) {
    FieldRef field = FieldName.parse(name);
    if (field instanceof FieldRef.Known(Field known)
        && known.kind() != Field.Kind.INTEGER
        && known.kind() != Field.Kind.DECIMAL) {
      throw new FilterSyntaxException(
          "%s is no number; those that are: duration_ms, retries, and attributes with numbers"
              .formatted(name));
    }
    return field;
  }

  private static FilterSyntaxException unknown(String function, String text) {
    return new FilterSyntaxException(
        "'%s' is no measure%s; %s"
            .formatted(text, ClosestName.hint(function, FUNCTIONS), EXPECTED));
  }
}
