package io.puraify.blackbox.e2e.alertmanager;

import io.puraify.blackbox.e2e.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The file of cases, which the test of the pipeline reads as well. A unit of its times is {@link
 * Alertmanager#UNIT_MILLIS} here.
 */
final class Cases {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path file =
      Checkout.root()
          .resolve(
              "engine/src/test/resources/io/puraify/blackbox/engine/alerts/notify/alertmanager.json");
  private final ObjectNode document;

  Cases() throws IOException {
    document = (ObjectNode) JSON.readTree(Files.readString(file));
  }

  /** One of them, by its place in the file. */
  record Case(int number, JsonNode json) {

    String name() {
      return json.path("case").asString();
    }

    int until() {
      return json.path("until").asInt();
    }

    List<String> told() {
      return json.path("told").valueStream().map(JsonNode::asString).toList();
    }

    /** What happens at a time, such as {@code fire a{p=1}}. */
    List<String> steps(int at) {
      String start = at + " ";
      return json.path("steps")
          .valueStream()
          .map(JsonNode::asString)
          .filter(step -> step.startsWith(start))
          .map(step -> step.substring(start.length()))
          .toList();
    }

    /** The policies that are told apart from others, by the name of their group. */
    Map<String, List<String>> groups() {
      Map<String, List<String>> groups = new TreeMap<>();
      json.path("groups")
          .properties()
          .forEach(each ->
              groups
                  .computeIfAbsent(each.getValue().asString(), name -> new ArrayList<>())
                  .add(each.getKey()));
      return groups;
    }
  }

  List<Case> all() {
    List<Case> cases = new ArrayList<>();
    document.path("cases").forEach(each -> cases.add(new Case(cases.size(), each)));
    return cases;
  }

  /** A member of a case, or the one that all cases share. */
  JsonNode setting(Case it, String name) {
    return it.json().has(name) ? it.json().path(name) : document.path(name);
  }

  /** Writes down what Alertmanager has told. */
  void record(Map<Integer, List<String>> told) throws IOException {
    for (Case each : all()) {
      ArrayNode lines = ((ObjectNode) each.json()).putArray("told");
      told.getOrDefault(each.number(), List.of()).forEach(lines::add);
    }
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withObjectIndenter(indenter);
    Files.writeString(file, JSON.writer().with(printer).writeValueAsString(document) + "\n");
  }
}
