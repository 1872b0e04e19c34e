package io.puraify.blackbox.server.cli.http;

import java.io.IOException;
import tools.jackson.databind.JsonNode;

/** Asks a server for one answer. */
public final class JsonRequest {

  private JsonRequest() {}

  /**
   * What is answered, on a connection of its own.
   *
   * @throws ServerFailedException where nobody answers, or with something else than 200
   */
  public static JsonNode get(ServerAddress server, String pathAndQuery) {
    HttpAnswer answer;
    try (HttpConnection connection = HttpConnection.open(server)) {
      answer = connection.get(pathAndQuery);
    } catch (IOException e) {
      throw ServerFailedException.unreachable(server, e);
    }
    if (answer.status() != 200) {
      throw new ServerFailedException(answer.problem(), null);
    }
    return answer.json();
  }
}
