package io.puraify.blackbox.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * ClickHouse inside a Node process, which loads and asks by itself and says how long it took.
 *
 * @param node the program
 * @param script {@code bench/peers/clickhouse.mjs}
 * @param folder of its data and its log
 */
record ClickHousePeer(String node, Path script, Path folder) implements Peer {

  private static final JsonMapper JSON = JsonMapper.shared();

  @Override
  public String name() {
    return "clickhouse";
  }

  @Override
  public void requireInstalled() throws IOException {
    Path modules = script.resolveSibling("node_modules").resolve("chdb");
    if (!Files.isDirectory(modules)) {
      throw new IOException(modules + " is not there; install it: npm ci --prefix bench/peers");
    }
  }

  @Override
  public SystemResult measure(Task task) throws IOException, InterruptedException {
    Path data = folder.resolve("clickhouse-data").toAbsolutePath();
    List<String> command =
        List.of(
            node,
            script.toString(),
            task.events().toAbsolutePath().toString(),
            data.toString(),
            questions(task.samples()));
    Path log = folder.resolve("clickhouse.log");
    String said;
    try (Child child = Child.start(command, log)) {
      said = new String(child.process().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (child.process().waitFor() != 0) {
        throw new IOException(script + " failed; " + log + " says why");
      }
    }
    Folders.delete(data);
    return result(JSON.readTree(said), task.expected());
  }

  /** What to ask, as the script takes it. */
  static String questions(Samples samples) {
    ObjectNode questions = JSON.createObjectNode();
    questions.put("warmUps", QueryTimes.WARM_UPS);
    questions.put("requests", QueryTimes.REQUESTS);
    for (Question question : asked()) {
      ArrayNode choices = questions.putArray(question.work().key());
      for (Samples.Sample sample : samples.all()) {
        ObjectNode choice = choices.addObject();
        choice.put("project_id", sample.project());
        choice.put("session_id", sample.session());
        choice.put("trace_id", sample.missingTrace());
        choice.put("word", sample.word());
      }
    }
    return JSON.writeValueAsString(questions);
  }

  /** Its rows have no id of their own, so that nothing is asked for by it. */
  private static List<Question> asked() {
    return Arrays.stream(Question.values()).filter(it -> it != Question.BY_ID).toList();
  }

  /** Reads what the script has printed. */
  static SystemResult result(JsonNode said, Expected expected) {
    long count = expected.events();
    if (said.path("events").asLong() != count) {
      throw new IllegalStateException(
          "ClickHouse has %s events and should have %d".formatted(said.path("events"), count));
    }
    Measurements measurements = new Measurements();
    measurements.add(Work.NDJSON, count / (said.path("loadMillis").asDouble() / 1e3));
    measurements.add(Work.DISK_FRESH, said.path("bytes").asDouble() / count);
    measurements.add(Work.DISK, said.path("mergedBytes").asDouble() / count);
    measurements.add(Work.MEMORY, said.path("mostResidentKib").asDouble() / 1_024);
    note(measurements);
    for (Question question : asked()) {
      add(said.path("answers").path(question.work().key()), question, expected, measurements);
    }
    String version = said.path("version").asString();
    String shortVersion = version.replaceFirst("^(\\d+\\.\\d+)\\..*", "$1");
    String name = "ClickHouse " + shortVersion + " (no HTTP, no fsync)";
    return new SystemResult(name, count, measurements);
  }

  private static void add(
      JsonNode answers, Question question, Expected expected, Measurements into) {
    JsonNode events = answers.path("events");
    for (int i = 0; i < events.size(); i++) {
      long found = events.path(i).asLong();
      if (!expected.isMetBy(found, question, i)) {
        into.note(expected.miss(Long.toString(found), question, i));
        return;
      }
    }
    answers
        .path("millis")
        .valueStream()
        .forEach(millis -> into.add(question.work(), millis.asDouble()));
  }

  private static void note(Measurements measurements) {
    measurements.note(
        "runs inside the process that loads and asks: no HTTP, no acknowledgement, no fsync; it"
            + " reads the local file itself, with one INSERT of all events");
    measurements.note(
        "one MergeTree ordered by project and time, ZSTD(1), low-cardinality columns, bloom"
            + " filters on session, trace and the lower-case words of the message; settled is after"
            + " OPTIMIZE FINAL, and so are the questions; its rows have no id");
    measurements.note(
        "its percentiles are those of quantilesBFloat16, within 1 %; it finds a word with"
            + " hasToken(lower(message), …) by its bloom filter, in messages only and not inside of"
            + " other words");
  }
}
