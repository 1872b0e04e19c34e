package io.puraify.blackbox.bench;

import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The questions as searches of OpenSearch, and its answers. */
final class OpenSearchQuestions {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String EVENT = "\"_id\":";
  private static final List<String> PERCENTS = List.of("50.0", "95.0", "99.0");

  private OpenSearchQuestions() {}

  /** The search that a question is; to find a document by its id is none. */
  static String search(Question question, Samples.Sample sample) {
    return switch (question) {
      case NEWEST_ERRORS ->
          """
          {"size":100,"track_total_hits":false,"sort":[{"timestamp":"desc"}],
           "query":{"bool":{"filter":[{"term":{"project_id":"%s"}},{"term":{"status":"error"}}]}}}
          """
              .formatted(sample.project());
      case NEWEST ->
          """
          {"size":100,"track_total_hits":false,"sort":[{"timestamp":"desc"}]}
          """;
      case HISTOGRAM ->
          """
          {"size":0,"track_total_hits":false,
           "aggs":{"minutes":{"date_histogram":{"field":"timestamp","fixed_interval":"1m"},
            "aggs":{"statuses":{"terms":{"field":"status"}}}}}}
          """;
      // Two digits keep a percentile within 1 %, as near as Blackbox comes.
      case PERCENTILES ->
          """
          {"size":0,"track_total_hits":false,
           "aggs":{"engines":{"terms":{"field":"engine","size":100},
            "aggs":{"platforms":{"terms":{"field":"platform","size":100,"missing":""},
             "aggs":{"duration":{"percentiles":{"field":"duration_ms","percents":[50,95,99],
              "hdr":{"number_of_significant_value_digits":2}}}}}}}}}
          """;
      case RARE_WORD ->
          """
          {"size":0,"track_total_hits":true,
           "query":{"bool":{"filter":[{"match":{"message":"%s"}}]}}}
          """
              .formatted(sample.word());
      case SESSION ->
          """
          {"size":1000,"track_total_hits":false,"sort":[{"timestamp":"asc"}],
           "query":{"bool":{"filter":[{"term":{"session_id":"%s"}}]}}}
          """
              .formatted(sample.session());
      case MISSING_TRACE ->
          """
          {"size":100,"track_total_hits":false,
           "query":{"bool":{"filter":[{"term":{"trace_id":"%s"}}]}}}
          """
              .formatted(sample.missingTrace());
      case TOP_USERS ->
          """
          {"size":0,"track_total_hits":false,
           "query":{"bool":{"filter":[{"term":{"status":"error"}}]}},
           "aggs":{"users":{"terms":{"field":"user_id","size":%d}}}}
          """
              .formatted(Expected.TOP_USERS);
      case BY_ID -> throw new IllegalArgumentException("a document is asked for by its id alone");
    };
  }

  /** How many events an answer lists, or counts in what was asked for. */
  static long events(Question question, String body) {
    return switch (question) {
      case HISTOGRAM ->
          cells(JSON.readTree(body).at("/aggregations/minutes"), "statuses")
              .mapToLong(OpenSearchQuestions::count)
              .sum();
      case PERCENTILES ->
          cells(JSON.readTree(body).at("/aggregations/engines"), "platforms")
              .filter(OpenSearchQuestions::hasPercentiles)
              .mapToLong(OpenSearchQuestions::count)
              .sum();
      case TOP_USERS ->
          buckets(JSON.readTree(body).at("/aggregations/users"))
              .mapToLong(OpenSearchQuestions::count)
              .sum();
      case RARE_WORD -> JSON.readTree(body).at("/hits/total/value").asLong();
      case NEWEST_ERRORS, NEWEST, SESSION, MISSING_TRACE, BY_ID ->
          QueryTimes.occurrences(body, EVENT);
    };
  }

  /** The buckets of an aggregation inside of each bucket of another. */
  private static Stream<JsonNode> cells(JsonNode outer, String inner) {
    return buckets(outer).flatMap(bucket -> buckets(bucket.path(inner)));
  }

  private static Stream<JsonNode> buckets(JsonNode aggregation) {
    return aggregation.path("buckets").valueStream();
  }

  private static long count(JsonNode bucket) {
    return bucket.path("doc_count").asLong();
  }

  private static boolean hasPercentiles(JsonNode bucket) {
    JsonNode values = bucket.at("/duration/values");
    return PERCENTS.stream().allMatch(percent -> values.path(percent).isNumber());
  }
}
