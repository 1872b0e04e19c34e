package io.puraify.blackbox.engine.performance;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which series are meant: a filter on nothing but the fields by which they differ. */
record SeriesFilter(Filter filter) {

  private static final FieldRef PROJECT = new FieldRef.Known(Field.PROJECT_ID);

  /** What is wrong with a filter, if it looks at what rollups do not have. */
  Optional<String> complaint() {
    Set<String> others =
        FilterFields.of(filter).stream()
            .map(FieldRef::name)
            .collect(Collectors.toCollection(TreeSet::new));
    Series.FIELDS.forEach(field -> others.remove(field.jsonName()));
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "rollups tell apart %s, not %s; /monitoring/stats measures single events"
                .formatted(names(), String.join(", ", others)));
  }

  static String names() {
    return Series.FIELDS.stream().map(Field::jsonName).collect(Collectors.joining(", "));
  }

  /** Whether it tells projects apart. */
  boolean asksForProjects() {
    return FilterFields.of(filter).contains(PROJECT);
  }

  boolean test(Series series) {
    return filter.test(series.event());
  }

  /** Whether a project can have series that are meant; {@code false} is certain. */
  boolean mayMean(@Nullable String project) {
    Event.Builder event = Event.at(0);
    if (project != null) {
      event.set(Field.PROJECT_ID, project);
    }
    return mayMean(filter, event.build());
  }

  private static boolean mayMean(Filter filter, Event project) {
    return filter instanceof Filter.And(List<Filter> all)
        ? all.stream().allMatch(each -> mayMean(each, project))
        : !FilterFields.of(filter).equals(Set.of(PROJECT)) || filter.test(project);
  }
}
