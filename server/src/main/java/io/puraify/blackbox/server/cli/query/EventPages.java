package io.puraify.blackbox.server.cli.query;

import io.puraify.blackbox.core.Search;
import io.puraify.blackbox.server.cli.http.HttpAnswer;
import io.puraify.blackbox.server.cli.http.HttpConnection;
import io.puraify.blackbox.server.cli.http.ServerAddress;
import io.puraify.blackbox.server.cli.http.ServerFailedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Fetches the pages of a search one after the other. */
final class EventPages implements AutoCloseable {

  private static final String LOGS = "/monitoring/logs?";

  private final ServerAddress server;
  private final QueryParameters parameters;
  private @Nullable HttpConnection connection;
  private @Nullable String cursor;
  private long left;
  private boolean begun;

  /**
   * Prepares the search. Asks nothing yet.
   *
   * @param limit events at most, ≥ 1
   */
  EventPages(ServerAddress server, QueryParameters parameters, long limit) {
    this.server = server;
    this.parameters = parameters;
    this.left = limit;
  }

  /**
   * The next page, empty when there is none.
   *
   * @throws ServerFailedException where the server does not answer with events
   */
  List<JsonNode> next() throws IOException {
    if (left == 0 || (begun && cursor == null)) {
      return List.of();
    }
    QueryParameters page =
        parameters.with("limit", Long.toString(Math.min(left, Search.MAX_LIMIT)));
    HttpAnswer answer = get(LOGS + (cursor == null ? page : page.with("cursor", cursor)).encoded());
    begun = true;
    if (answer.status() != 200) {
      throw new ServerFailedException(answer.problem(), null);
    }
    JsonNode json = answer.json();
    List<JsonNode> events = new ArrayList<>();
    json.path("logs").forEach(events::add);
    cursor = json.path("next_cursor").asString(null);
    left -= Math.min(left, events.size());
    return events;
  }

  /** Whether the server has more than what was asked for. */
  boolean hasMore() {
    return cursor != null;
  }

  /** A connection that has waited for a reader may have been closed, so it is tried once more. */
  private HttpAnswer get(String path) throws IOException {
    HttpConnection used = connection;
    if (used != null && used.isReusable()) {
      try {
        return used.get(path);
      } catch (IOException e) {
        close();
      }
    }
    try {
      close();
      connection = HttpConnection.open(server);
      return connection.get(path);
    } catch (IOException e) {
      throw ServerFailedException.unreachable(server, e);
    }
  }

  @Override
  public void close() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }
}
