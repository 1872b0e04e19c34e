package io.puraify.blackbox.engine.errors;

import io.puraify.blackbox.core.Event;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An error of the data files beside this class, with the group it is expected in. A case begins
 * with {@code @group NAME}; lines {@code @KEY VALUE} give fields, all others are the stack trace.
 */
record ErrorCase(String group, String name, ErrorFacts facts, String template) {

  private static final List<String> FILES =
      List.of("java", "python", "javascript", "go", "dotnet", "messages");

  static List<ErrorCase> all() {
    return FILES.stream().flatMap(file -> read(file).stream()).toList();
  }

  Grouping grouping() {
    return new Fingerprinter(message -> template, GroupingRules.NONE)
        .group(facts, Event.at(0)::build);
  }

  @Override
  public String toString() {
    return name;
  }

  private static List<ErrorCase> read(String file) {
    List<ErrorCase> cases = new ArrayList<>();
    String start = "@group ";
    for (String part : ("\n" + text(file + ".txt")).split("\n" + start, -1)) {
      if (!part.isBlank()) {
        cases.add(parse(start + part, file + " #" + (cases.size() + 1)));
      }
    }
    return cases;
  }

  private static ErrorCase parse(String text, String name) {
    Map<String, String> fields = new HashMap<>();
    StringBuilder trace = new StringBuilder();
    for (String line : text.split("\n", -1)) {
      if (line.startsWith("@")) {
        int space = line.indexOf(' ');
        fields.put(line.substring(1, space), line.substring(space + 1).replace("\\n", "\n"));
      } else {
        trace.append(line).append('\n');
      }
    }
    ErrorFacts facts =
        new ErrorFacts(
            fields.getOrDefault("fingerprint", ""),
            trace.toString().isBlank() ? "" : trace.toString(),
            fields.getOrDefault("error_type", ""),
            fields.getOrDefault("message", ""),
            fields.getOrDefault("platform", ""),
            fields.getOrDefault("action", ""));
    String group = Objects.requireNonNull(fields.get("group"));
    return new ErrorCase(
        group, name + " " + group, facts, fields.getOrDefault("template", facts.message()));
  }

  static String text(String resource) {
    try (InputStream in = ErrorCase.class.getResourceAsStream(resource)) {
      return new String(
          Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
