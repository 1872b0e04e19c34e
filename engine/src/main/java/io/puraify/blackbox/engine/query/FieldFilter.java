package io.puraify.blackbox.engine.query;

import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Labels;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Numbers;
import io.puraify.blackbox.core.Severity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The filter that people write behind a field's name: {@code error,timeout}, {@code !success},
 * {@code api_*}, {@code >500}, {@code 100..200}, {@code "to the letter"}, {@code *}.
 *
 * <p>Commas separate alternatives and a leading {@code !} negates all of them. Quotes take away the
 * meaning of every other character; inside them a backslash stands before a quote or a backslash.
 * Text that people read is searched for the value in it, in any case; other values are compared
 * whole.
 */
final class FieldFilter {

  /** What separates the bounds of a range. */
  private static final String TO = "..";

  private final FieldRef field;
  private final Set<String> values = new LinkedHashSet<>();
  private final List<Filter> alternatives = new ArrayList<>();

  private FieldFilter(FieldRef field) {
    this.field = field;
  }

  /**
   * Parses what stands behind a field's name.
   *
   * @throws FilterSyntaxException saying what was found and what was expected
   */
  static Filter parse(FieldRef field, String text) {
    boolean negated = text.startsWith("!");
    FieldFilter parsed = new FieldFilter(field);
    for (Alternative alternative : Alternative.split(text, negated ? 1 : 0)) {
      parsed.add(alternative);
    }
    Filter filter = parsed.filter();
    return negated ? new Filter.Not(filter) : filter;
  }

  /** What one value means that stands without quotes. */
  static Filter one(FieldRef field, String text) {
    FieldFilter parsed = new FieldFilter(field);
    parsed.add(new Alternative(text, false));
    return parsed.filter();
  }

  /** What one value means of which no character has a meaning. */
  static Filter literal(FieldRef field, String text) {
    FieldFilter parsed = new FieldFilter(field);
    parsed.add(new Alternative(text, true));
    return parsed.filter();
  }

  /** That the value begins so. */
  static Filter beginning(FieldRef field, String prefix) {
    return new FieldFilter(field).prefix(prefix);
  }

  /**
   * That the value lies between bounds.
   *
   * @param low a bound, or {@code *} where there is none
   */
  static Filter range(
      FieldRef field, String low, boolean lowInclusive, String high, boolean highInclusive) {
    FieldFilter parsed = new FieldFilter(field);
    if (field instanceof FieldRef.Known(Field known) && known == Field.SEVERITY) {
      return parsed.severities(low, lowInclusive, high, highInclusive);
    }
    boolean noLow = low.equals("*");
    boolean noHigh = high.equals("*");
    double from = noLow ? Double.NEGATIVE_INFINITY : parsed.bound(low);
    double to = noHigh ? Double.POSITIVE_INFINITY : parsed.bound(high);
    if (from > to) {
      throw new FilterSyntaxException(
          "the range ends at %s, before it begins at %s".formatted(high, low));
    }
    return new Filter.Range(field, from, noLow || lowInclusive, to, noHigh || highInclusive);
  }

  private Filter filter() {
    if (!values.isEmpty()) {
      alternatives.addFirst(new Filter.In(field, values));
    }
    return alternatives.size() == 1 ? alternatives.getFirst() : new Filter.Or(alternatives);
  }

  private void add(Alternative alternative) {
    String text = alternative.text();
    if (alternative.quoted()) {
      addValue(text);
    } else if (text.equals("*")) {
      alternatives.add(new Filter.Exists(field));
    } else if (text.startsWith(">") || text.startsWith("<")) {
      alternatives.add(comparison(text));
    } else if (isRange(text)) {
      alternatives.add(range(text));
    } else if (text.endsWith("*")) {
      alternatives.add(prefix(text.substring(0, text.length() - 1)));
    } else {
      addValue(text);
    }
  }

  private void addValue(String text) {
    switch (field) {
      case FieldRef.Attribute _ -> values.add(text);
      case FieldRef.Known(Field known) -> {
        switch (known.kind()) {
          case LABEL -> values.add(label(known, text));
          case ID -> values.add(text);
          case TEXT -> alternatives.add(new Filter.Contains(field, text));
          case JSON ->
              throw new FilterSyntaxException(
                  "name one of the attributes, as in attributes.region=eu");
          case TIME -> values.add(Micros.format(TimeParameter.micros(text)));
          case INTEGER, DECIMAL -> values.add(number(known, text));
        }
      }
    }
  }

  private static String label(Field field, String text) {
    String label = Labels.normalise(field, text);
    if (label.isEmpty()) {
      throw new FilterSyntaxException("'%s' is no severity; there are %s".formatted(text, names()));
    }
    return label;
  }

  private static String names() {
    return Arrays.stream(Severity.values())
        .map(Severity::jsonName)
        .collect(Collectors.joining(", "));
  }

  private static String number(Field field, String text) {
    if (field == Field.TRUNCATED && text.equals("true")) {
      return "1";
    }
    return Numbers.format(number(text));
  }

  private static double number(String text) {
    OptionalDouble number = Numbers.parse(text);
    if (number.isEmpty()) {
      throw new FilterSyntaxException("'%s' is not a number".formatted(text));
    }
    return number.getAsDouble();
  }

  private Filter prefix(String prefix) {
    if (field instanceof FieldRef.Known(Field known) && !isComparedAsText(known)) {
      throw new FilterSyntaxException(
          "'%s*' asks for a beginning, which only text has".formatted(prefix));
    }
    return new Filter.Prefix(field, prefix);
  }

  private static boolean isComparedAsText(Field field) {
    return field.kind().isText() && field.kind() != Field.Kind.JSON;
  }

  private Filter comparison(String text) {
    boolean inclusive = text.startsWith("=", 1);
    String bound = text.substring(inclusive ? 2 : 1);
    boolean above = text.startsWith(">");
    if (field instanceof FieldRef.Known(Field known) && known == Field.SEVERITY) {
      return above
          ? severities(bound, inclusive, "*", true)
          : severities("*", true, bound, inclusive);
    }
    double value = bound(bound);
    return above
        ? new Filter.Range(field, value, inclusive, Double.POSITIVE_INFINITY, true)
        : new Filter.Range(field, Double.NEGATIVE_INFINITY, true, value, inclusive);
  }

  private Filter severities(String low, boolean lowInclusive, String high, boolean highInclusive) {
    Severity[] all = Severity.values();
    int from = low.equals("*") ? 0 : severity(low).ordinal() + (lowInclusive ? 0 : 1);
    int to = high.equals("*") ? all.length : severity(high).ordinal() + (highInclusive ? 1 : 0);
    if (from >= to) {
      throw new FilterSyntaxException("there is no severity from %s to %s".formatted(low, high));
    }
    return new Filter.In(
        field, Arrays.stream(all, from, to).map(Severity::jsonName).collect(Collectors.toSet()));
  }

  private static Severity severity(String text) {
    Severity severity = Severity.parse(text);
    if (severity == null) {
      throw new FilterSyntaxException("'%s' is no severity; there are %s".formatted(text, names()));
    }
    return severity;
  }

  /** Whether the text is a range of this field; a text field has none, so there it is a value. */
  private boolean isRange(String text) {
    int at = text.indexOf(TO);
    boolean possible = at > 0 && at + TO.length() < text.length();
    return possible
        && switch (field) {
          case FieldRef.Known(Field known) -> !known.kind().isText();
          case FieldRef.Attribute _ ->
              Numbers.parse(text.substring(0, at)).isPresent()
                  && Numbers.parse(text.substring(at + TO.length())).isPresent();
        };
  }

  private Filter range(String text) {
    int at = text.indexOf(TO);
    double low = bound(text.substring(0, at));
    double high = bound(text.substring(at + TO.length()));
    return new Filter.Range(field, low, true, high, true);
  }

  private double bound(String text) {
    if (field instanceof FieldRef.Known(Field known)) {
      if (known.kind() == Field.Kind.TIME) {
        return TimeParameter.micros(text);
      }
      if (known.kind().isText()) {
        throw new FilterSyntaxException(
            "%s is text and has no order; put the value in quotes to look for it as it is"
                .formatted(known.jsonName()));
      }
    }
    return number(text);
  }
}
