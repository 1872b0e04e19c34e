package io.puraify.blackbox.server.cli.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Asks a server for one answer, on a connection of its own. */
public final class JsonRequest {

  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

  private JsonRequest() {}

  private interface Call {
    HttpAnswer on(HttpConnection connection) throws IOException;
  }

  /**
   * What is answered.
   *
   * @throws ServerFailedException where nobody answers, or with something else than success
   */
  public static JsonNode get(ServerAddress server, String pathAndQuery) {
    return understood(send(server, connection -> connection.get(pathAndQuery)));
  }

  /**
   * What is answered to a body.
   *
   * @throws ServerFailedException where nobody answers, or with something else than success
   */
  public static JsonNode post(ServerAddress server, String path, JsonNode body) {
    return understood(answerTo(server, path, body));
  }

  /**
   * What is answered to a body, also where it is refused.
   *
   * @throws ServerFailedException where nobody answers
   */
  public static HttpAnswer answerTo(ServerAddress server, String path, JsonNode body) {
    return send(server, connection -> connection.post(path, JSON, bytes(body)));
  }

  /**
   * What is answered to what is put somewhere, also where it is refused.
   *
   * @param headers without the type of the body
   * @throws ServerFailedException where nobody answers
   */
  public static HttpAnswer answerToPut(
      ServerAddress server, String path, Map<String, String> headers, JsonNode body) {
    Map<String, String> all = new HashMap<>(headers);
    all.putAll(JSON);
    return send(server, connection -> connection.put(path, all, bytes(body)));
  }

  private static RequestBody bytes(JsonNode body) {
    return RequestBody.of(body.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * What is answered to a request that something be gone.
   *
   * @throws ServerFailedException where nobody answers, or with something else than success
   */
  public static JsonNode delete(ServerAddress server, String path, Map<String, String> headers) {
    return understood(send(server, connection -> connection.delete(path, headers)));
  }

  private static HttpAnswer send(ServerAddress server, Call call) {
    try (HttpConnection connection = HttpConnection.open(server)) {
      return call.on(connection);
    } catch (IOException e) {
      throw ServerFailedException.unreachable(server, e);
    }
  }

  private static JsonNode understood(HttpAnswer answer) {
    if (answer.status() / 100 != 2) {
      throw new ServerFailedException(answer.problem(), null);
    }
    return answer.json();
  }
}
