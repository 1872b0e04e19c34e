package io.puraify.blackbox.engine.deployments;

import io.puraify.blackbox.core.Aggregation;
import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Grouping;
import io.puraify.blackbox.core.Table;
import io.puraify.blackbox.core.TimeRange;
import io.puraify.blackbox.core.Top;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Among which calls an error can occur: those of the same engine, platform and action, and of
 * everything else that its filter says but how the call went.
 */
final class Population {

  /** What is only known when a call is over. */
  private static final Set<Field> OUTCOMES =
      EnumSet.of(
          Field.STATUS,
          Field.TYPE,
          Field.SEVERITY,
          Field.ERROR_TYPE,
          Field.MESSAGE,
          Field.STACK_TRACE,
          Field.DURATION_MS,
          Field.RETRIES,
          Field.TRUNCATED,
          Field.ATTRIBUTES);

  private static final List<Field> PLACE = List.of(Field.ENGINE, Field.PLATFORM, Field.ACTION);

  /** Errors of more kinds of calls are errors of all. */
  private static final int MOST_PLACES = 60;

  private Population() {}

  /** Whether a filter says how calls went, so that it means some of the calls of a kind. */
  static boolean saysOutcome(Filter filter) {
    return switch (filter) {
      case Filter.And(List<Filter> filters) -> filters.stream().anyMatch(Population::saysOutcome);
      case Filter.Or(List<Filter> filters) -> filters.stream().anyMatch(Population::saysOutcome);
      case Filter.Not(Filter inner) -> saysOutcome(inner);
      case Filter.In(FieldRef field, _) -> isOutcome(field);
      case Filter.Contains(FieldRef field, _) -> isOutcome(field);
      case Filter.Regex(FieldRef field, _) -> isOutcome(field);
      case Filter.Prefix(FieldRef field, _) -> isOutcome(field);
      case Filter.Exists(FieldRef field) -> isOutcome(field);
      case Filter.Range(FieldRef field, _, _, _, _) -> isOutcome(field);
    };
  }

  private static boolean isOutcome(FieldRef field) {
    return switch (field) {
      case FieldRef.Known(Field known) -> OUTCOMES.contains(known);
      case FieldRef.Attribute _ -> true;
    };
  }

  /** The calls among which an error occurs in a range; nothing where it does not occur. */
  static Optional<Filter> of(EventStore store, Filter error, TimeRange range) {
    List<FieldRef> fields = PLACE.stream().<FieldRef>map(FieldRef.Known::new).toList();
    Table places =
        store.aggregate(
            new Aggregation(
                error, range, new Grouping(fields, null), List.of(), Top.byCount(MOST_PLACES)));
    if (places.rows().isEmpty()) {
      return Optional.empty();
    }
    List<Filter> filters = new ArrayList<>(kept(error));
    filters.add(new Filter.Not(ChangeKind.filter(List.of(ChangeKind.values()))));
    if (places.other().isEmpty()) {
      List<Filter> each = new ArrayList<>();
      places.rows().forEach(row -> each.add(place(fields, row.group())));
      filters.add(new Filter.Or(each));
    }
    return Optional.of(new Filter.And(filters));
  }

  /** What a filter says besides the outcome. */
  private static List<Filter> kept(Filter filter) {
    List<Filter> kept = new ArrayList<>();
    if (filter instanceof Filter.And(List<Filter> filters)) {
      filters.forEach(each -> kept.addAll(kept(each)));
    } else if (!saysOutcome(filter)) {
      kept.add(filter);
    }
    return kept;
  }

  private static Filter place(List<FieldRef> fields, List<@Nullable String> values) {
    List<Filter> filters = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      String value = values.get(i);
      filters.add(
          value == null
              ? new Filter.Not(new Filter.Exists(fields.get(i)))
              : new Filter.In(fields.get(i), Set.of(value)));
    }
    return new Filter.And(filters);
  }
}
