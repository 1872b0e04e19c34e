package io.puraify.blackbox.bench;

import io.puraify.blackbox.core.Field;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The index of events in an OpenSearch node. For one thread. */
final class OpenSearchIndex implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String INDEX = "/events";
  private static final String BULK = INDEX + "/_bulk?filter_path=errors";
  private static final byte[] ACTION = "{\"create\":{}}\n".getBytes(StandardCharsets.UTF_8);

  /**
   * Without the cache of whole answers, which would have those of all questions that count
   * something after they were asked once.
   */
  private static final String SEARCH = INDEX + "/_search?request_cache=false";

  private static final int CONNECTIONS = 3;
  private static final int SLICE_BYTES = 4 << 20;
  private static final Duration WHEN_BUSY = Duration.ofMillis(200);

  private final URI server;
  private final HttpConnection connection;

  private OpenSearchIndex(URI server, HttpConnection connection) {
    this.server = server;
    this.connection = connection;
  }

  /** Creates the index, empty. */
  static OpenSearchIndex create(URI server) throws IOException {
    OpenSearchIndex index = new OpenSearchIndex(server, new HttpConnection(server));
    index.request("PUT", INDEX, definition());
    return index;
  }

  private static String definition() {
    ObjectNode definition = JSON.createObjectNode();
    ObjectNode settings = definition.putObject("settings").putObject("index");
    settings.put("number_of_shards", 1);
    settings.put("number_of_replicas", 0);
    settings.put("refresh_interval", "-1");
    settings.put("translog.durability", "request");
    ObjectNode mappings = definition.putObject("mappings");
    mappings.put("dynamic", "strict");
    ObjectNode properties = mappings.putObject("properties");
    for (Field field : Field.values()) {
      properties.putObject(field.jsonName()).put("type", type(field));
    }
    return JSON.writeValueAsString(definition);
  }

  private static String type(Field field) {
    return switch (field.kind()) {
      case LABEL, ID -> "keyword";
      case TEXT -> "text";
      case TIME -> "date";
      case INTEGER -> "integer";
      case DECIMAL -> "double";
      case JSON -> "flat_object";
    };
  }

  String version() throws IOException {
    return request("GET", "/", "").at("/version/number").asString();
  }

  /** Loads the first so many events of a file, until all can be found. */
  void load(Path events, long count, Measurements into) throws IOException, InterruptedException {
    try (FileChannel file = FileChannel.open(events)) {
      long end = LineSlices.endOfLine(file, count);
      Progress progress = Progress.of("bytes sent", end);
      AtomicLong sent = new AtomicLong();
      long began = System.nanoTime();
      ParallelSend.all(
          server,
          CONNECTIONS,
          new LineSlices(file, end, SLICE_BYTES),
          (sender, slice) -> {
            sendBulk(sender, bulk(file, slice));
            progress.at(sent.addAndGet(slice.length()));
          });
      into.add(Work.NDJSON_ANSWERED, count / seconds(began));
      request("POST", INDEX + "/_refresh", "");
      into.add(Work.NDJSON, count / seconds(began));
    }
    long found = request("GET", INDEX + "/_count", "").path("count").asLong();
    if (found != count) {
      throw new IllegalStateException(
          "OpenSearch has %d events and should have %d".formatted(found, count));
    }
  }

  private static double seconds(long began) {
    return (System.nanoTime() - began) / 1e9;
  }

  /** Sends until it is taken; a node with a full queue says 429. */
  private static void sendBulk(HttpConnection sender, ByteBuffer body)
      throws IOException, InterruptedException {
    HttpAnswer answer = sender.post(BULK, body.duplicate());
    while (answer.status() == 429) {
      Thread.sleep(WHEN_BUSY);
      answer = sender.post(BULK, body.duplicate());
    }
    if (answer.status() != 200 || !answer.body().contains("\"errors\":false")) {
      throw new IllegalStateException("expected 200 and no errors, got " + answer);
    }
  }

  private static ByteBuffer bulk(FileChannel file, LineSlices.Slice slice) throws IOException {
    ByteBuffer lines = ByteBuffer.allocate((int) slice.length());
    while (lines.hasRemaining() && file.read(lines, slice.from() + lines.position()) > 0) {
      // Reads on until it has the whole slice.
    }
    return bulk(lines.flip());
  }

  /** Puts before each line what is to be done with it. */
  static ByteBuffer bulk(ByteBuffer lines) {
    int count = 0;
    for (int i = 0; i < lines.limit(); i++) {
      count += lines.get(i) == '\n' ? 1 : 0;
    }
    ByteBuffer body = ByteBuffer.allocate(lines.limit() + count * ACTION.length);
    int from = 0;
    for (int i = 0; i < lines.limit(); i++) {
      if (lines.get(i) == '\n') {
        body.put(ACTION).put(lines.slice(from, i + 1 - from));
        from = i + 1;
      }
    }
    return body.flip();
  }

  /** The size of the index on disk. */
  long bytes() throws IOException {
    return request("GET", INDEX + "/_stats/store", "")
        .at("/_all/primaries/store/size_in_bytes")
        .asLong();
  }

  /** Merges the index to one segment. */
  void merge() throws IOException {
    request("POST", INDEX + "/_forcemerge?max_num_segments=1", "");
    request("POST", INDEX + "/_refresh", "");
    request("POST", INDEX + "/_flush?force=true&wait_if_ongoing=true", "");
  }

  /** Asks everything. */
  void ask(Samples samples, Expected expected, Measurements into) throws IOException {
    List<String> ids = new ArrayList<>();
    for (Samples.Sample sample : samples.all()) {
      JsonNode answer =
          request("POST", SEARCH, OpenSearchQuestions.search(Question.SESSION, sample));
      ids.add(answer.at("/hits/hits/0/_id").asString());
    }
    QueryTimes.measure(
        (question, number) ->
            question == Question.BY_ID
                ? send("GET", INDEX + "/_doc/" + ids.get(number % ids.size()), "")
                : send("POST", SEARCH, OpenSearchQuestions.search(question, samples.get(number))),
        OpenSearchQuestions::events,
        expected,
        into);
  }

  private JsonNode request(String method, String path, String body) throws IOException {
    HttpAnswer answer = send(method, path, body);
    if (answer.status() != 200) {
      throw new IllegalStateException(method + " " + path + " was answered with " + answer);
    }
    return JSON.readTree(answer.body());
  }

  private HttpAnswer send(String method, String path, String body) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8));
    return connection.send(method, path, HttpConnection.JSON, bytes);
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
