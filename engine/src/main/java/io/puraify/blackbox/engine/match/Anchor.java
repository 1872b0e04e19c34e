package io.puraify.blackbox.engine.match;

import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What every event has that a filter means: one of these values of a label. A block without them
 * has nothing for the filter.
 */
record Anchor(Field field, Set<String> values) {

  Anchor {
    values = Set.copyOf(values);
  }

  /** The one with the fewest values, which most likely rules most blocks out. */
  static Optional<Anchor> of(Filter filter) {
    return switch (filter) {
      case Filter.In(FieldRef.Known(Field field), Set<String> values)
          when field.kind() == Field.Kind.LABEL ->
          Optional.of(new Anchor(field, values));
      case Filter.And(List<Filter> filters) ->
          filters.stream()
              .flatMap(each -> of(each).stream())
              .min((a, b) -> Integer.compare(a.rank(), b.rank()));
      case Filter.Or(List<Filter> filters) -> either(filters);
      case Filter.Not _,
          Filter.In _,
          Filter.Contains _,
          Filter.Regex _,
          Filter.Prefix _,
          Filter.Exists _,
          Filter.Range _ ->
          Optional.empty();
    };
  }

  /** A project or an error type is rarer than a status or a severity. */
  private int rank() {
    int commonness =
        switch (field) {
          case PROJECT_ID, ERROR_TYPE, FLOW_ID -> 0;
          case PLATFORM, ACTION, EVENT_TYPE -> 1;
          case ENGINE, SEVERITY -> 2;
          default -> 3;
        };
    return commonness * 1_000 + Math.min(values.size(), 999);
  }

  private static Optional<Anchor> either(List<Filter> filters) {
    Set<String> values = new HashSet<>();
    Field field = null;
    for (Filter filter : filters) {
      Optional<Anchor> one = of(filter);
      if (one.isEmpty() || field != null && one.get().field() != field) {
        return Optional.empty();
      }
      field = one.get().field();
      values.addAll(one.get().values());
    }
    return field == null ? Optional.empty() : Optional.of(new Anchor(field, values));
  }
}
