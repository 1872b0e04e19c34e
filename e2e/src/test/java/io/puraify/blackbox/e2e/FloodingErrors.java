package io.puraify.blackbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Errors of a few kinds that come by the hundred, as a sender whose requests have a key, so that a
 * repeat is recognised; some successes among them. All of a request follows from its number.
 *
 * @param name begins the keys of its requests, so is its alone
 */
record FloodingErrors(String name) {

  static final String PROJECT = "pf_flooded";

  private static final int EVENTS_A_REQUEST = 300;

  private static final int ERRORS_A_REQUEST = EVENTS_A_REQUEST - EVENTS_A_REQUEST / 10;
  private static final String[] PLATFORMS = {"Slack", "Notion", "Stripe"};
  private static final int KINDS = 4;
  private static final int USERS = 50;

  private static final Instant START =
      LocalDate.ofInstant(
              Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()),
              ZoneOffset.UTC)
          .minusDays(2)
          .atTime(10, 0)
          .toInstant(ZoneOffset.UTC);

  /**
   * How many a server has, each as often as it came.
   *
   * @param events errors and successes
   * @param errors by their type
   */
  record Counts(long events, Map<String, Long> errors) {

    Counts {
      errors = Map.copyOf(errors);
    }

    long allErrors() {
      return errors.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /** Ten requests are of the same second, so that there is much to fold. */
  private String line(int number, int i) {
    boolean success = i % 10 == 0;
    String outcome =
        success
            ? "\"status\":\"success\""
            : "\"status\":\"error\",\"error_type\":\"%s\",\"message\":\"no answer after %d ms\""
                .formatted(type((number + i / 100) % KINDS), i);
    return """
    {"project_id":"%s","timestamp":"%s","engine":"execution","platform":"%s","user_id":"u_%d",%s}
    """
        .formatted(
            PROJECT,
            START.plusSeconds(number / 10 % 60),
            PLATFORMS[i / 50 % PLATFORMS.length],
            i % USERS,
            outcome);
  }

  private static String type(int kind) {
    return "failed_" + "abcd".charAt(kind);
  }

  /** Sends a request; {@code false} where it is to be sent again. */
  boolean send(Client client, int number, boolean known) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < EVENTS_A_REQUEST; i++) {
      lines.append(line(number, i));
    }
    String key = name + "-" + number;
    Answer answer = client.post(Client.NDJSON, lines.toString(), "Idempotency-Key", key);
    if (answer.status() == 503) {
      answer.unavailable("journal-full");
      return false;
    }
    answer.recorded(EVENTS_A_REQUEST);
    return true;
  }

  /** What of all senders can be found in the store, counting each event as often as it came. */
  static Counts stored(Client client) {
    return new Counts(measure(client, null).getOrDefault("", 0L), measure(client, "error_type"));
  }

  private static Map<String, Long> measure(Client client, @Nullable String field) {
    String path = "/monitoring/stats?limit=1000&since=20d&project_id=" + PROJECT;
    String errors = field == null ? "" : "&status=error&group_by=" + field;
    Answer answer = client.get(path + errors);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    Map<String, Long> counts = new TreeMap<>();
    for (JsonNode row : answer.json().path("rows")) {
      String value = field == null ? "" : row.path("group").path(field).asString("");
      counts.merge(value, row.path("count").asLong(), Long::sum);
    }
    return counts;
  }

  /** What the groups have counted together. */
  static Map<String, Long> grouped(Client client) {
    Map<String, Long> counts = new TreeMap<>();
    for (JsonNode group : groups(client)) {
      counts.merge(group.path("type").asString(""), group.path("errors").asLong(), Long::sum);
    }
    return counts;
  }

  /** How many errors each group has. */
  static Map<String, Long> byGroup(Client client) {
    Map<String, Long> counts = new TreeMap<>();
    for (JsonNode group : groups(client)) {
      counts.put(group.path("group_id").asString(""), group.path("errors").asLong());
    }
    return counts;
  }

  private static JsonNode groups(Client client) {
    Answer answer = client.get("/monitoring/errors?limit=1000&project_id=" + PROJECT);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().path("groups");
  }

  /** How many of the stored events stand for several. */
  static int folded(Client client) {
    Answer answer =
        client.search("project_id", PROJECT, "q", "count:>1", "since", "20d", "limit", "5000");
    return answer.logs("event_id").size();
  }

  /** How many so many requests have. */
  static long errors(int requests) {
    return (long) requests * ERRORS_A_REQUEST;
  }
}
