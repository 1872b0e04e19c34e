package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.AssignedId;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.RegexPattern;
import io.puraify.blackbox.core.StoreException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Turns a {@link Filter} into a condition of SQL with the same meaning. Where SQL says neither true
 * nor false, because a value is absent, the filter does not match.
 */
final class SqlFilter {

  /** Deeper than people and the query language nest, and far from what exhausts a stack. */
  static final int MAX_DEPTH = 100;

  private static final String TRUE = "TRUE";
  private static final String FALSE = "FALSE";

  private final SqlParameters parameters;

  private SqlFilter(SqlParameters parameters) {
    this.parameters = parameters;
  }

  /** The condition, with its values added to {@code parameters}. */
  static String compile(Filter filter, SqlParameters parameters) {
    return new SqlFilter(parameters).condition(filter, 0);
  }

  private String condition(Filter filter, int depth) {
    if (depth > MAX_DEPTH) {
      throw new StoreException(
          "the filter is nested deeper than %d levels; write it flatter".formatted(MAX_DEPTH));
    }
    return switch (filter) {
      case Filter.And and -> joined(" AND ", TRUE, conjuncts(and), depth);
      case Filter.Or or -> joined(" OR ", FALSE, disjuncts(or), depth);
      case Filter.Not not -> negated(not, depth);
      case Filter.In(FieldRef field, Set<String> values) -> in(field, values);
      case Filter.Contains(FieldRef field, String part) -> contains(field, part);
      case Filter.Regex(FieldRef field, RegexPattern pattern) ->
          "regexp_matches(%s, %s)".formatted(text(field), parameters.add(pattern.expression()));
      case Filter.Prefix(FieldRef field, String prefix) ->
          "starts_with(%s, %s)".formatted(text(field), parameters.add(prefix));
      case Filter.Exists(FieldRef field) -> exists(field);
      case Filter.Range range -> range(range);
    };
  }

  /** Parsers chain what is joined by the same word; a chain is no depth. */
  private static List<Filter> conjuncts(Filter.And and) {
    List<Filter> flat = new ArrayList<>();
    Deque<Filter> rest = new ArrayDeque<>(and.filters());
    while (!rest.isEmpty()) {
      Filter next = rest.pop();
      if (next instanceof Filter.And(List<Filter> inner)) {
        inner.reversed().forEach(rest::push);
      } else {
        flat.add(next);
      }
    }
    return flat;
  }

  private static List<Filter> disjuncts(Filter.Or or) {
    List<Filter> flat = new ArrayList<>();
    Deque<Filter> rest = new ArrayDeque<>(or.filters());
    while (!rest.isEmpty()) {
      Filter next = rest.pop();
      if (next instanceof Filter.Or(List<Filter> inner)) {
        inner.reversed().forEach(rest::push);
      } else {
        flat.add(next);
      }
    }
    return flat;
  }

  private String joined(String word, String none, List<Filter> filters, int depth) {
    return filters.isEmpty()
        ? none
        : filters.stream()
            .map(filter -> condition(filter, depth + 1))
            .collect(Collectors.joining(word, "(", ")"));
  }

  private String negated(Filter.Not not, int depth) {
    Filter inner = not.filter();
    boolean negative = true;
    while (inner instanceof Filter.Not(Filter next)) {
      inner = next;
      negative = !negative;
    }
    String condition = condition(inner, depth + 1);
    return negative ? "(NOT coalesce(%s, FALSE))".formatted(condition) : condition;
  }

  private String in(FieldRef field, Set<String> values) {
    if (values.isEmpty()) {
      return FALSE;
    }
    return switch (field) {
      case FieldRef.Known(Field known) when known == Field.EVENT_ID -> eventId(values);
      case FieldRef.Known(Field known) when !known.kind().isText() ->
          oneOf(
              EventTable.column(known),
              values.stream().flatMap(value -> TypedValue.parse(known, value).stream()).toList());
      case FieldRef.Known _, FieldRef.Attribute _ -> oneOf(text(field), List.copyOf(values));
    };
  }

  private String oneOf(String expression, List<?> values) {
    return values.isEmpty()
        ? FALSE
        : values.stream()
            .map(parameters::add)
            .collect(Collectors.joining(", ", "(" + expression + " IN (", "))"));
  }

  private String eventId(Set<String> ids) {
    List<String> conditions = new ArrayList<>();
    conditions.add(givenId(ids, parameters));
    for (String id : ids) {
      OptionalLong position = AssignedId.position(id);
      if (position.isPresent()) {
        conditions.add(assignedId(id, position.getAsLong(), parameters));
      }
    }
    return "(" + String.join(" OR ", conditions) + ")";
  }

  /** That a sender gave one of these ids. */
  static String givenId(Set<String> ids, SqlParameters parameters) {
    return new SqlFilter(parameters).oneOf(EventTable.column(Field.EVENT_ID), List.copyOf(ids));
  }

  /** A plain search rules out nearly every text in a fifth of the time of the expression. */
  private String contains(FieldRef field, String part) {
    String text = text(field);
    String expression =
        "regexp_matches(%s, %s)".formatted(text, parameters.add(ContainsPattern.of(part)));
    String plain = ContainsPattern.plain(part);
    return plain.isEmpty()
        ? expression
        : "(contains(lower(%s), %s) AND %s)".formatted(text, parameters.add(plain), expression);
  }

  /** An assigned id is not stored, but its position is, and leads to the event. */
  static String assignedId(String id, long position, SqlParameters parameters) {
    return "(position = %s AND %s IS NULL AND %s = %s)"
        .formatted(
            parameters.add(position),
            EventTable.column(Field.EVENT_ID),
            FieldExpression.assignedId(),
            parameters.add(id));
  }

  /** The text that a filter compares with. */
  private String text(FieldRef field) {
    return FieldExpression.text(field, parameters);
  }

  private String exists(FieldRef field) {
    return switch (field) {
      case FieldRef.Known(Field known) when known == Field.EVENT_ID -> TRUE;
      case FieldRef.Known(Field known) -> "(" + EventTable.column(known) + " IS NOT NULL)";
      case FieldRef.Attribute _ -> "(" + text(field) + " IS NOT NULL)";
    };
  }

  private String range(Filter.Range range) {
    return switch (range.field()) {
      case FieldRef.Known(Field known) when known.kind() == Field.Kind.DECIMAL ->
          decimalRange(EventTable.column(known), range);
      case FieldRef.Known(Field known) -> integerRange(EventTable.column(known), range);
      case FieldRef.Attribute attribute ->
          decimalRange(FieldExpression.number(attribute, parameters), range);
    };
  }

  private String decimalRange(String expression, Filter.Range range) {
    return "(%s %s %s AND %s %s %s)"
        .formatted(
            expression,
            range.lowInclusive() ? ">=" : ">",
            parameters.add(range.low()),
            expression,
            range.highInclusive() ? "<=" : "<",
            parameters.add(range.high()));
  }

  private String integerRange(String column, Filter.Range range) {
    Optional<LongRange> longs = LongRange.of(range);
    return longs
        .map(exact ->
            "(%s BETWEEN %s AND %s)"
                .formatted(column, parameters.add(exact.low()), parameters.add(exact.high())))
        .orElse(FALSE);
  }
}
