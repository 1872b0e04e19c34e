package io.puraify.blackbox.engine.deployments;

import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.engine.deployments.Traffic.Part;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A scenario of {@code scenarios.json}: what was observed, what was changed, and what should be
 * thought of it. Counts are a number for each of {@code minutes} buckets, such as {@code "100x30
 * 0x30"} for a hundred in each of the first thirty.
 */
record Scenario(String name, Observation observed, List<Change> changes, JsonNode expected) {

  private static final long FROM = Micros.of(Instant.parse("2026-05-04T09:00:00Z"));
  private static final long MINUTE = 60_000_000;

  static List<Scenario> all() throws IOException {
    try (InputStream file = Scenario.class.getResourceAsStream("scenarios.json")) {
      return JsonMapper.shared()
          .readTree(Objects.requireNonNull(file))
          .valueStream()
          .map(Scenario::of)
          .toList();
    }
  }

  private static Scenario of(JsonNode json) {
    int buckets = json.path("minutes").asInt();
    List<Traffic> error = traffic(json.path("error"), buckets);
    long[] first = new long[buckets];
    Arrays.fill(first, Long.MAX_VALUE);
    for (Traffic each : error) {
      for (int i = 0; i < buckets; i++) {
        first[i] = each.failures()[i] > 0 ? FROM + i * MINUTE : first[i];
      }
    }
    if (json.has("first_seen")) {
      long at = at(json.path("first_seen"));
      first[(int) ((at - FROM) / MINUTE)] = at;
    }
    Observation observed =
        new Observation(
            FROM,
            MINUTE,
            error,
            traffic(json.path("flows"), buckets),
            traffic(json.path("engines"), buckets),
            places(error, json.path("other_places")),
            first);
    List<Change> changes = json.path("changes").valueStream().map(Scenario::change).toList();
    return new Scenario(json.path("name").asString(), observed, changes, json.path("expected"));
  }

  /** Where the error occurs, and what is listed besides. */
  private static Places places(List<Traffic> error, JsonNode others) {
    List<Part> parts = new ArrayList<>(error.stream().map(Traffic::part).toList());
    others.forEach(each ->
        parts.add(
            new Part(
                text(each, "project"), text(each, "engine"), text(each, "version"), null, null)));
    return new Places(parts);
  }

  private static List<Traffic> traffic(JsonNode parts, int buckets) {
    List<Traffic> traffic = new ArrayList<>();
    for (JsonNode part : parts) {
      traffic.add(
          new Traffic(
              new Part(
                  text(part, "project"),
                  text(part, "engine"),
                  text(part, "version"),
                  text(part, "environment"),
                  text(part, "flow")),
              counts(part.path("calls").asString(), buckets),
              counts(part.path("failures").asString(), buckets)));
    }
    return traffic;
  }

  private static long[] counts(String text, int buckets) {
    long[] counts = new long[buckets];
    int at = 0;
    for (String run : text.split(" ", -1)) {
      String[] parts = run.split("x", -1);
      int end = at + Integer.parseInt(parts[1]);
      Arrays.fill(counts, at, end, Long.parseLong(parts[0]));
      at = end;
    }
    if (at != buckets) {
      throw new IllegalArgumentException(text + " is of " + at + " buckets");
    }
    return counts;
  }

  private static Change change(JsonNode json) {
    return new Change(
        json.path("id").asString(),
        ChangeKind.labelled(json.path("kind").asString()),
        at(json.path("at")),
        text(json, "project"),
        text(json, "engine"),
        text(json, "version"),
        text(json, "environment"),
        text(json, "flow"),
        text(json, "status"),
        null,
        null);
  }

  /** Such as {@code 30m12s} since the begin. */
  private static long at(JsonNode json) {
    return FROM + Duration.parse("PT" + json.asString()).toNanos() / 1_000;
  }

  private static @Nullable String text(JsonNode json, String name) {
    return json.path(name).asString(null);
  }

  @Override
  public String toString() {
    return name;
  }
}
