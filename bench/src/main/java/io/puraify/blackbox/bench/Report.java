package io.puraify.blackbox.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What came of a run of the benchmarks, for people and for machines.
 *
 * @param kind of run, the last part of the recorded files' names
 * @param peers that were measured in the same run; none in a run of Blackbox alone
 */
record Report(String kind, Conditions conditions, SystemResult blackbox, List<SystemResult> peers) {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String NOTHING = "—";

  Report {
    peers = List.copyOf(peers);
  }

  /** The report as Markdown. */
  String markdown() {
    StringBuilder text = new StringBuilder("# How fast, ").append(kind).append("\n\n");
    text.append(conditions.markdown()).append('\n');
    text.append(peers.isEmpty() ? bars() : ratios());
    for (SystemResult system : systems()) {
      List<String> notes = system.measurements().notes();
      if (!notes.isEmpty()) {
        text.append("\n").append(system.name()).append(":\n\n");
        notes.forEach(note -> text.append("- ").append(note).append('\n'));
      }
    }
    return text.toString();
  }

  private List<SystemResult> systems() {
    return Stream.concat(Stream.of(blackbox), peers.stream()).toList();
  }

  private String bars() {
    Table table = new Table(List.of("work", "unit", "bar", "measured", "of", ""));
    Measurements measured = blackbox.measurements();
    for (Work work : Work.values()) {
      OptionalDouble figure = measured.figure(work);
      if (figure.isPresent()) {
        Bar bar = work.bar();
        table.add(
            List.of(
                work.title(),
                work.unit(),
                bar == null ? NOTHING : bar.toString(),
                Figures.text(figure.getAsDouble()),
                Integer.toString(measured.values(work).size()),
                bar == null ? "" : bar.isMetBy(figure.getAsDouble()) ? "pass" : "miss"));
      }
    }
    return table.toString();
  }

  private String ratios() {
    List<String> header = new ArrayList<>(List.of("work", "unit", blackbox.name()));
    peers.forEach(peer -> header.addAll(List.of(peer.name(), "×")));
    Table table = new Table(header);
    Arrays.stream(Work.values()).filter(this::isMeasured).map(this::comparison).forEach(table::add);
    return table
        + "\n× says how many times better Blackbox is than the system before it; below 1 that"
        + " system is ahead.\n";
  }

  private boolean isMeasured(Work work) {
    return systems().stream().anyMatch(system -> system.measurements().figure(work).isPresent());
  }

  private List<String> comparison(Work work) {
    OptionalDouble own = blackbox.measurements().figure(work);
    List<String> row = new ArrayList<>(List.of(work.title(), work.unit(), text(own)));
    for (SystemResult peer : peers) {
      OptionalDouble figure = peer.measurements().figure(work);
      boolean both = own.isPresent() && figure.isPresent();
      row.add(text(figure));
      row.add(
          both ? Figures.text(advantage(work, own.getAsDouble(), figure.getAsDouble())) : NOTHING);
    }
    return row;
  }

  private static String text(OptionalDouble figure) {
    return figure.isPresent() ? Figures.text(figure.getAsDouble()) : NOTHING;
  }

  /** How many times better the own value is than another's. */
  static double advantage(Work work, double own, double other) {
    return work.isRate() ? own / other : other / own;
  }

  /** The report as JSON, with every single value. */
  String json() {
    ObjectNode report = JSON.createObjectNode();
    report.put("kind", kind);
    report.put("date", conditions.date().toString());
    report.put("commit", conditions.commit());
    report.put("jdk", conditions.jdk());
    report.put("cores", conditions.cores());
    report.put("memory_bytes", conditions.memoryBytes());
    report.put("events", conditions.events());
    report.put("command_line", conditions.commandLine());
    ArrayNode all = report.putArray("systems");
    systems().forEach(system -> write(system, all.addObject()));
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n";
  }

  private static void write(SystemResult system, ObjectNode into) {
    Measurements measured = system.measurements();
    into.put("name", system.name());
    into.put("events", system.events());
    ArrayNode rows = into.putArray("measured");
    for (Work work : Work.values()) {
      measured.figure(work).ifPresent(figure -> write(work, figure, measured, rows.addObject()));
    }
    ArrayNode notes = into.putArray("notes");
    measured.notes().forEach(notes::add);
  }

  private static void write(Work work, double figure, Measurements measured, ObjectNode into) {
    into.put("work", work.key());
    into.put("unit", work.unit());
    @Nullable Bar bar = work.bar();
    if (bar != null) {
      into.put(bar.direction().name().toLowerCase(Locale.ROOT), bar.limit());
      into.put("met", bar.isMetBy(figure));
    }
    into.put("figure", figure);
    ArrayNode values = into.putArray("values");
    measured.values(work).forEach(values::add);
  }
}
