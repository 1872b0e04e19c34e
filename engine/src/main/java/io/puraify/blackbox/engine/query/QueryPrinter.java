package io.puraify.blackbox.engine.query;

import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Numbers;
import io.puraify.blackbox.core.RegexPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes filters in the query language. */
final class QueryPrinter {

  /** Text that means itself without quotes. */
  private static final String SIMPLE = "[A-Za-z0-9_][A-Za-z0-9_@+-]*(\\.[A-Za-z0-9_@+-]+)*";

  String print(Filter filter) {
    return filter instanceof Filter.Or or ? alternatives(or) : conjunction(filter);
  }

  private String alternatives(Filter.Or or) {
    List<Filter> filters = or.filters();
    List<String> parts = new ArrayList<>();
    int at = 0;
    while (at < filters.size()) {
      String anywhere = anywhere(filters, at);
      if (anywhere != null) {
        parts.add(anywhere);
        at += QueryLanguage.SEARCHED.size();
      } else {
        parts.add(primary(filters.get(at)));
        at++;
      }
    }
    if (parts.isEmpty()) {
      throw unsayable(or);
    }
    return String.join(" OR ", parts);
  }

  /** The word, phrase or pattern that the filters from an index on mean, if they mean one. */
  private static @Nullable String anywhere(List<Filter> filters, int at) {
    int end = at + QueryLanguage.SEARCHED.size();
    if (end > filters.size()) {
      return null;
    }
    List<Filter> some = filters.subList(at, end);
    return switch (filters.get(at)) {
      case Filter.Contains(_, String text)
          when some.equals(QueryLanguage.anywhere(text).filters()) ->
          text(text);
      case Filter.Regex(_, RegexPattern pattern)
          when some.equals(QueryLanguage.anywhere(pattern).filters()) ->
          regex(pattern);
      default -> null;
    };
  }

  private String conjunction(Filter filter) {
    if (!(filter instanceof Filter.And(List<Filter> filters))) {
      return primary(filter);
    }
    return filters.isEmpty()
        ? "*"
        : filters.stream().map(this::primary).collect(Collectors.joining(" "));
  }

  private String primary(Filter filter) {
    return switch (filter) {
      case Filter.And and when and.filters().isEmpty() -> "*";
      case Filter.And and -> "(" + conjunction(and) + ")";
      case Filter.Or or -> {
        String anywhere = anywhere(or.filters(), 0);
        yield anywhere != null && or.filters().size() == QueryLanguage.SEARCHED.size()
            ? anywhere
            : "(" + alternatives(or) + ")";
      }
      case Filter.Not(Filter inner) -> "NOT " + primary(inner);
      case Filter.In(FieldRef field, Set<String> values) -> in(field, values, filter);
      case Filter.Contains(FieldRef field, String part) -> named(field, quoted(part));
      case Filter.Regex(FieldRef field, RegexPattern pattern) -> named(field, regex(pattern));
      case Filter.Prefix(FieldRef field, String prefix) -> named(field, escaped(prefix) + "*");
      case Filter.Exists(FieldRef field) -> "_exists_:" + escaped(field.name());
      case Filter.Range range -> range(range);
    };
  }

  private static String in(FieldRef field, Set<String> values, Filter filter) {
    if (values.isEmpty()) {
      throw unsayable(filter);
    }
    String some =
        values.stream().sorted().map(QueryPrinter::text).collect(Collectors.joining(" OR "));
    return named(field, values.size() == 1 ? some : "(" + some + ")");
  }

  private static String range(Filter.Range range) {
    boolean noLow = range.low() == Double.NEGATIVE_INFINITY && range.lowInclusive();
    boolean noHigh = range.high() == Double.POSITIVE_INFINITY && range.highInclusive();
    String low = noLow ? "*" : bound(range.field(), range.low());
    String high = noHigh ? "*" : bound(range.field(), range.high());
    return named(
        range.field(),
        "%s%s TO %s%s"
            .formatted(
                range.lowInclusive() ? '[' : '{', low, high, range.highInclusive() ? ']' : '}'));
  }

  private static String bound(FieldRef field, double value) {
    boolean time = field instanceof FieldRef.Known(Field known) && known.kind() == Field.Kind.TIME;
    return time ? Micros.format((long) value) : Numbers.format(value);
  }

  private static String named(FieldRef field, String value) {
    return escaped(field.name()) + ":" + value;
  }

  private static String text(String text) {
    return text.matches(SIMPLE) && !QueryLexer.KEYWORDS.contains(text) ? text : quoted(text);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String regex(RegexPattern pattern) {
    StringBuilder text = new StringBuilder("/");
    String inside = pattern.text();
    for (int i = 0; i < inside.length(); i++) {
      char character = inside.charAt(i);
      if (character == '\\' && i + 1 < inside.length()) {
        text.append(character);
        i++;
        character = inside.charAt(i);
      } else if (character == '/') {
        text.append('\\');
      }
      text.append(character);
    }
    return text.append(pattern.ignoringCase() ? "/i" : "/").toString();
  }

  /** Every character that is no letter, digit, dot or underscore behind a backslash. */
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          boolean plain = Character.isLetterOrDigit(c) || c == '.' || c == '_';
          escaped.append(plain ? "" : "\\").appendCodePoint(c);
        });
    return escaped.toString();
  }

  private static IllegalArgumentException unsayable(Filter filter) {
    return new IllegalArgumentException("no expression means " + filter);
  }
}
