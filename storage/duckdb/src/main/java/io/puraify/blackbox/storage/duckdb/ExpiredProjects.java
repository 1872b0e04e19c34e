package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Retention;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The projects whose events of one day are past their time.
 *
 * @param named in the settings
 * @param andOthers whether {@code named} are instead the only ones whose events are not
 */
record ExpiredProjects(List<String> named, boolean andOthers) {

  /** Those of a day, given like {@code today} in days since 1970-01-01. */
  static ExpiredProjects of(Retention retention, long day, long today) {
    boolean others = new Retention(retention.defaultDays(), Map.of()).expired(day, today);
    List<String> named =
        retention.projectDays().keySet().stream()
            .filter(project -> retention.expired(project, day, today) != others)
            .sorted()
            .toList();
    return new ExpiredProjects(named, others);
  }

  /** Whether there are none. */
  boolean none() {
    return named.isEmpty() && !andOthers;
  }

  /** The SQL condition that an event is of none of them. */
  String kept(SqlParameters parameters) {
    return andOthers ? in(parameters) : "NOT " + in(parameters);
  }

  /** The SQL condition that an event is of one of them. */
  String expired(SqlParameters parameters) {
    return andOthers ? "NOT " + in(parameters) : in(parameters);
  }

  private String in(SqlParameters parameters) {
    String column = EventTable.column(Field.PROJECT_ID);
    return named.isEmpty()
        ? "FALSE"
        : named.stream()
            .map(parameters::add)
            .collect(Collectors.joining(", ", "(" + column + " IN (", "))"));
  }
}
