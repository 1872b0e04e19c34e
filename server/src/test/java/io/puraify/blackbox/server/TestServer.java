package io.puraify.blackbox.server;

import io.puraify.blackbox.server.config.SettingSources;
import io.puraify.blackbox.server.config.Settings;
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
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole application on a free port, and a client for it. */
public final class TestServer implements AutoCloseable {

  public static final String JSON = "application/json";
  public static final String NDJSON = "application/x-ndjson";
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private final Blackbox blackbox;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private TestServer(Blackbox blackbox) {
    this.blackbox = blackbox;
  }

  /** Starts it on a folder, with more settings such as {@code journal.max.bytes}. */
  public static TestServer start(Path folder, Map<String, String> settings) {
    return start(folder, settings, InstantSource.system());
  }

  /** The same at another time than now. */
  public static TestServer start(Path folder, InstantSource clock) {
    return start(folder, Map.of(), clock);
  }

  private static TestServer start(Path folder, Map<String, String> settings, InstantSource clock) {
    Map<String, String> flags = new HashMap<>(settings);
    flags.put("http.port", "0");
    flags.put("data.dir", folder.toString());
    Settings read = new SettingSources(Path.of("no-such-file.yaml"), false, Map.of(), flags).read();
    return new TestServer(Blackbox.start(read, clock));
  }

  public static TestServer start(Path folder) {
    return start(folder, Map.of());
  }

  public URI uri() {
    return blackbox.uri();
  }

  /** An answer with its body as JSON. */
  public record Answer(int status, Map<String, List<String>> headers, String text) {
    public JsonNode json() {
      return MAPPER.readTree(text);
    }

    /** The values of a field in {@code logs}, in order; {@code ""} where an event has none. */
    public List<String> logs(String field) {
      return json()
          .path("logs")
          .valueStream()
          .map(event -> event.path(field).asString(""))
          .toList();
    }
  }

  /** Sends a request whose headers are names and values in turn. */
  public Answer send(String method, String path, BodyPublisher body, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri().resolve(path)).method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.headers().map(), answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public Answer get(String path) {
    return send("GET", path, BodyPublishers.noBody());
  }

  /** Posts events and waits until they can be found. */
  public Answer post(String contentType, String body) {
    return send(
        "POST",
        "/monitoring/logs?wait=stored",
        BodyPublishers.ofString(body),
        "Content-Type",
        contentType);
  }

  /** Searches; the parameters are names and values in turn. */
  public Answer search(String... parameters) {
    StringBuilder path = new StringBuilder("/monitoring/logs");
    for (int i = 0; i < parameters.length; i += 2) {
      path.append(i == 0 ? '?' : '&').append(parameters[i]).append('=');
      path.append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
    }
    return get(path.toString());
  }

  @Override
  public void close() {
    client.close();
    blackbox.close();
  }
}
