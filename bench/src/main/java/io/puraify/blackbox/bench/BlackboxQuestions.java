package io.puraify.blackbox.bench;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The questions as Blackbox is asked over HTTP, and its answers. */
final class BlackboxQuestions {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String LOGS = "/monitoring/logs";
  private static final String STATS = "/monitoring/stats";
  private static final String EVENT = "\"event_id\":";

  private BlackboxQuestions() {}

  /** The path of a request, with its parameters. */
  static String path(Question question, Samples.Sample sample, String eventId) {
    return switch (question) {
      case NEWEST_ERRORS -> LOGS + "?project_id=" + sample.project() + "&status=error&limit=100";
      case NEWEST -> LOGS + "?limit=100";
      case HISTOGRAM -> LOGS + "/histogram?step=1m&by=status";
      case PERCENTILES ->
          STATS
              + "?group_by=engine,platform"
              + "&measure=p50:duration_ms,p95:duration_ms,p99:duration_ms";
      case RARE_WORD -> STATS + "?q=" + sample.word();
      case SESSION -> LOGS + "?session_id=" + sample.session() + "&order=oldest&limit=1000";
      case MISSING_TRACE -> LOGS + "?trace_id=" + sample.missingTrace();
      case TOP_USERS -> STATS + "?status=error&group_by=user_id&limit=" + Expected.TOP_USERS;
      case BY_ID -> LOGS + "/" + eventId;
    };
  }

  /**
   * How many events an answer lists, or counts in what was asked for. The event that ends the load
   * is in no file and does not count: it has neither a status nor a duration.
   */
  static long events(Question question, String body) {
    return switch (question) {
      case HISTOGRAM ->
          JSON.readTree(body)
              .path("series")
              .valueStream()
              .filter(series -> !series.path("value").isNull())
              .flatMap(series -> series.path("counts").valueStream())
              .mapToLong(JsonNode::asLong)
              .sum();
      case PERCENTILES, RARE_WORD, TOP_USERS ->
          JSON.readTree(body)
              .path("rows")
              .valueStream()
              .filter(row -> question != Question.PERCENTILES || hasPercentiles(row))
              .mapToLong(row -> row.path("count").asLong())
              .sum();
      case NEWEST_ERRORS, NEWEST, SESSION, MISSING_TRACE, BY_ID ->
          QueryTimes.occurrences(body, EVENT);
    };
  }

  private static boolean hasPercentiles(JsonNode row) {
    return row.path("p50:duration_ms").isNumber()
        && row.path("p95:duration_ms").isNumber()
        && row.path("p99:duration_ms").isNumber();
  }
}
