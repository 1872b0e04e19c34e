package io.puraify.blackbox.bench;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks a server for each line of a log set by the words of its message, as one who looks for it
 * would, and sees whether that very line is among the answers.
 */
final class LogSetsCheck implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.shared();

  /** Servers refuse request lines of more than 4 KiB; the longest words are asked for first. */
  private static final int LONGEST_QUERY = 3_500;

  /** As many as a server gives at once, more than any set has lines. */
  private static final int PAGE = 5_000;

  /** Which lines of a set were found. */
  record Result(int total, List<String> missing, int queries) {
    Result {
      missing = List.copyOf(missing);
    }

    int found() {
      return total - missing.size();
    }
  }

  private final HttpConnection connection;

  LogSetsCheck(URI server) throws IOException {
    this.connection = new HttpConnection(server);
  }

  /** Looks for each line of a set; lines of the same words share a query. */
  Result find(LogSet set) throws IOException {
    Map<String, Set<String>> answers = new HashMap<>();
    List<String> missing = new ArrayList<>();
    for (LogSet.Line line : set.lines()) {
      String query = query(set, line.message());
      Set<String> ids = answers.get(query);
      if (ids == null) {
        ids = ids(query);
        answers.put(query, ids);
      }
      if (!ids.contains(line.eventId())) {
        missing.add(line.eventId() + " " + query);
      }
    }
    return new Result(set.lines().size(), missing, answers.size());
  }

  /** Every word of a message as a filter of its own; all of them must hold. */
  static String query(LogSet set, String message) {
    StringBuilder query =
        new StringBuilder("/monitoring/logs?project_id=" + LogSet.PROJECT)
            .append("&engine=")
            .append(encoded(set.engine()))
            .append("&limit=")
            .append(PAGE);
    List<String> words =
        Stream.of(message.split("\\s+", -1))
            .filter(word -> !word.isEmpty())
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
    for (String word : words) {
      String literal = '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
      String filter = "&message=" + encoded(literal);
      if (query.length() + filter.length() > LONGEST_QUERY) {
        break;
      }
      query.append(filter);
    }
    return query.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Set<String> ids(String query) throws IOException {
    HttpAnswer answer = connection.get(query);
    if (answer.status() != 200) {
      throw new IOException("the server answered " + answer + " to " + query);
    }
    JsonNode logs = JSON.readTree(answer.body()).path("logs");
    return logs.valueStream()
        .map(event -> event.path("event_id").asString())
        .collect(Collectors.toCollection(HashSet::new));
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
