package io.puraify.blackbox.bench;

import io.puraify.blackbox.core.Severity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One set of real log lines in the form of Loghub (Zhu et al., "Loghub: A large collection of
 * system log datasets for AI-driven log analytics", ISSRE 2023): a CSV file with a line a row and
 * the columns {@code LineId}, {@code Content} and {@code EventId}, the hand-made label of the
 * message's pattern. Further columns differ from set to set and become attributes.
 *
 * @param name of the file, without its ending
 */
record LogSet(String name, List<Line> lines) {

  static final String PROJECT = "loghub";

  private static final JsonMapper JSON = JsonMapper.shared();

  /** Columns that are fields of an event, or that repeat what others say. */
  private static final Set<String> OWN_COLUMNS =
      Set.of("LineId", "Content", "EventId", "EventTemplate");

  /**
   * One line of the log.
   *
   * @param eventId the same each time the set is read, such as {@code HDFS-17}
   * @param columns by their names, in the file's order
   */
  record Line(String eventId, Instant timestamp, String message, Map<String, String> columns) {}

  LogSet {
    lines = List.copyOf(lines);
  }

  /** Reads all sets of a folder, in the order of their names. */
  static List<LogSet> readAll(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(file -> file.toString().endsWith(".csv")).sorted().toList();
    }
    if (files.isEmpty()) {
      throw new IOException(folder + " holds no .csv files; name the folder of the log sets");
    }
    List<LogSet> sets = new ArrayList<>();
    for (Path file : files) {
      sets.add(read(file));
    }
    return sets;
  }

  private static LogSet read(Path file) throws IOException {
    List<List<String>> rows;
    // Bytes that are no UTF-8 become a sign for that, instead of an error.
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
      rows = Csv.read(in);
    }
    String name = file.getFileName().toString().replace(".csv", "");
    List<Line> lines = new ArrayList<>();
    Instant before = LogTimes.MADE_UP_START;
    for (List<String> row : rows.subList(1, rows.size())) {
      Map<String, String> columns = columns(file, rows.getFirst(), row);
      Instant parsed = LogTimes.parse(columns);
      before = parsed != null ? parsed : before.plusSeconds(1);
      lines.add(
          new Line(
              name + "-" + columns.get("LineId"),
              before,
              columns.getOrDefault("Content", ""),
              columns));
    }
    return new LogSet(name, lines);
  }

  private static Map<String, String> columns(Path file, List<String> names, List<String> row)
      throws IOException {
    if (names.size() != row.size() || !names.contains("LineId")) {
      throw new IOException(
          file + ": a row has " + row.size() + " values for " + names + ": " + row);
    }
    Map<String, String> columns = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      columns.put(names.get(i), row.get(i));
    }
    return columns;
  }

  /** The name under which the set's events name their engine. */
  String engine() {
    return name.toLowerCase(Locale.ROOT);
  }

  /** A line as the JSON of an event, without a line break. */
  String json(Line line, Instant timestamp) {
    ObjectNode event = JSON.createObjectNode();
    event.put("event_id", line.eventId());
    event.put("project_id", PROJECT);
    event.put("timestamp", timestamp.toString());
    event.put("event_type", "log");
    event.put("engine", engine());
    event.put("message", line.message());
    @Nullable String level = line.columns().get("Level");
    boolean known = level != null && Severity.parse(level) != null;
    if (known) {
      event.put("severity", level);
    }
    ObjectNode attributes = event.putObject("attributes");
    attributes.put("template", line.columns().get("EventId"));
    line.columns()
        .forEach((column, value) -> {
          boolean kept = !OWN_COLUMNS.contains(column) && !(known && column.equals("Level"));
          if (kept && !value.isEmpty()) {
            attributes.put(column.toLowerCase(Locale.ROOT), value);
          }
        });
    return JSON.writeValueAsString(event);
  }
}
