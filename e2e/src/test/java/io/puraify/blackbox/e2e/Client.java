package io.puraify.blackbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Somebody who sends events and looks for them. Safe for any thread. */
final class Client implements AutoCloseable {

  static final String JSON = "application/json";
  static final String NDJSON = "application/x-ndjson";
  static final String LOGS = "/monitoring/logs";

  private static final String TYPE = "Content-Type";
  private static final String MOST_A_PAGE = "5000";

  private final URI server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Client(URI server) {
    this.server = server;
  }

  static Client of(ServerProcess server) throws InterruptedException {
    return new Client(server.uri());
  }

  URI server() {
    return server;
  }

  /**
   * Sends a request.
   *
   * @param headers names and values in turn
   * @throws UncheckedIOException where there is no answer
   */
  Answer send(String method, String path, BodyPublisher body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(path)).timeout(Patience.LONG).method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.headers(), answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  Answer get(String path) {
    return send("GET", path, BodyPublishers.noBody());
  }

  /** Sends events, and returns when they are safe. */
  Answer post(String type, String body, String... headers) {
    return post(type, BodyPublishers.ofString(body), headers);
  }

  Answer post(String type, BodyPublisher body, String... headers) {
    return send("POST", LOGS, body, joined(headers, TYPE, type));
  }

  /** Sends events, and returns when they can be found. */
  Answer postStored(String type, String body, String... headers) {
    return postStored(type, BodyPublishers.ofString(body), headers);
  }

  Answer postStored(String type, BodyPublisher body, String... headers) {
    return send("POST", LOGS + "?wait=stored", body, joined(headers, TYPE, type));
  }

  /** Searches; the parameters are names and values in turn. */
  Answer search(String... parameters) {
    StringBuilder path = new StringBuilder(LOGS);
    for (int i = 0; i < parameters.length; i += 2) {
      path.append(i == 0 ? '?' : '&').append(parameters[i]).append('=');
      path.append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
    }
    return get(path.toString());
  }

  /** Reads all events that a search finds, page by page, the oldest first. */
  void readAll(Consumer<JsonNode> sink, String... parameters) {
    String[] first = joined(parameters, "order", "oldest", "limit", MOST_A_PAGE);
    String[] next = first;
    while (next.length > 0) {
      Answer page = search(next);
      assertThat(page.status()).as(page.text()).isEqualTo(200);
      JsonNode json = page.json();
      json.path("logs").forEach(sink);
      String cursor = json.path("next_cursor").asString("");
      assertThat(json.path("complete").asBoolean()).isEqualTo(cursor.isEmpty());
      next = cursor.isEmpty() ? new String[0] : joined(first, "cursor", cursor);
    }
  }

  private static String[] joined(String[] start, String... end) {
    return Stream.concat(Stream.of(start), Stream.of(end)).toArray(String[]::new);
  }

  /** The value of a measurement, by its name with its labels. */
  double metric(String name) {
    String line =
        get("/metrics")
            .text()
            .lines()
            .filter(each -> each.startsWith(name + " "))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no metric is called " + name));
    return Double.parseDouble(line.substring(name.length() + 1));
  }

  /** The number of events that the journal has ever held. */
  long journalEnd() {
    return (long) metric("blackbox_journal_end_events");
  }

  /** Waits until all events that are safe can be found; records nothing. */
  void awaitAllStored() throws Exception {
    Patience.until(
        "all events are stored",
        () -> metric("blackbox_consumer_lag_events{consumer=\"event_store\"}") == 0);
  }

  /** What the audit trail's verification says; everything has to hold. */
  JsonNode verifyAudit() {
    Answer answer = get("/monitoring/audit/verify");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    JsonNode verification = answer.json();
    assertThat(verification.path("holds").asBoolean(false)).as(answer.text()).isTrue();
    return verification;
  }

  /** Waits until so many events are proven; what is proven has to hold all the while. */
  void awaitAudited(long events) throws Exception {
    Patience.until("all events are proven", () -> verifyAudit().path("events").asLong(0) >= events);
  }

  /** Waits until rollups have all events that are safe; records nothing. */
  void awaitRollups() throws Exception {
    Patience.until(
        "all events are rolled up",
        () -> metric("blackbox_consumer_lag_events{consumer=\"performance\"}") == 0);
  }

  /** Waits until all errors that are safe are in groups; records nothing. */
  void awaitGroups() throws Exception {
    Patience.until(
        "all errors are in groups",
        () -> metric("blackbox_consumer_lag_events{consumer=\"errors\"}") == 0);
  }

  /** How many errors the groups of a project have together. */
  long errors(String project) {
    Answer answer = get("/monitoring/errors?limit=1000&project_id=" + project);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    long errors = 0;
    for (JsonNode group : answer.json().path("groups")) {
      errors += group.path("errors").asLong();
    }
    return errors;
  }

  /** How many calls the rollups of the last days have. */
  long calls(String parameters) {
    Answer answer = get("/monitoring/performance?since=20d" + parameters);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().at("/total/calls").asLong();
  }

  /** Checks that the server does what it is there for: it is ready, takes an event, finds it. */
  void assertServerGoesOn() {
    Answer ready = get("/health/ready");
    assertThat(ready.status()).as(ready.text()).isEqualTo(200);
    String id = "still-there-" + UUID.randomUUID();
    String event = "{\"project_id\":\"goes_on\",\"event_id\":\"%s\"}".formatted(id);
    postStored(JSON, event).recorded(1);
    assertThat(search("project_id", "goes_on", "event_id", id).logs("event_id"))
        .containsExactly(id);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
