package io.puraify.blackbox.server.cli.query;

import io.puraify.blackbox.server.cli.output.Column;
import io.puraify.blackbox.server.cli.output.Column.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The answer of {@code /monitoring/stats} as rows and columns.
 *
 * @param fields that the groups are of
 */
record StatsTable(List<String> fields, JsonNode answer) {

  private static final String GROUP = "group";
  private static final String TIME = "time";
  private static final String ESTIMATE = "~";

  StatsTable {
    fields = List.copyOf(fields);
  }

  List<JsonNode> rows() {
    return answer.path("rows").valueStream().toList();
  }

  /** With what all groups together have that are not told apart. */
  List<JsonNode> rowsAndOthers() {
    return Stream.concat(rows().stream(), answer.path("other").valueStream()).toList();
  }

  /** For programs: values as they were answered. */
  List<Column> plainColumns() {
    List<Column> columns = times();
    for (String field : fields) {
      columns.add(new Column(field, Kind.LABEL, row -> Column.text(row.path(GROUP), field)));
    }
    for (String measure : measures()) {
      columns.add(new Column(measure, Kind.NUMBER, row -> Column.text(row, measure)));
    }
    return columns;
  }

  /** For people: what is absent is named, and numbers are rounded. */
  List<Column> columns() {
    List<Column> columns = times();
    for (String field : fields) {
      boolean first = field.equals(fields.getFirst());
      columns.add(new Column(field, Kind.LABEL, row -> shown(row, field, first)));
    }
    Set<String> estimates = new HashSet<>();
    answer.path("approximate").forEach(measure -> estimates.add(measure.asString()));
    for (String measure : measures()) {
      String name = estimates.contains(measure) ? ESTIMATE + measure : measure;
      columns.add(new Column(name, Kind.NUMBER, row -> ShownNumber.of(measure, row.path(measure))));
    }
    return columns;
  }

  private List<Column> times() {
    List<Column> columns = new ArrayList<>();
    if (answer.has("step")) {
      columns.add(new Column(TIME, Kind.TIME, row -> Column.text(row, TIME)));
    }
    return columns;
  }

  private String shown(JsonNode row, String field, boolean first) {
    JsonNode group = row.path(GROUP);
    if (group.isMissingNode()) {
      return first ? "(%,d others)".formatted(others()) : "";
    }
    return group.path(field).isNull() ? "(none)" : Column.text(group, field);
  }

  private long others() {
    long shown = rows().stream().map(row -> row.path(GROUP)).distinct().count();
    return answer.path("groups").asLong() - shown;
  }

  /** In the order in which they were answered. */
  private Set<String> measures() {
    Set<String> names = new LinkedHashSet<>();
    rowsAndOthers().forEach(row -> names.addAll(row.propertyNames()));
    names.removeAll(List.of(GROUP, TIME));
    if (names.isEmpty()) {
      names.add("count");
    }
    return names;
  }
}
