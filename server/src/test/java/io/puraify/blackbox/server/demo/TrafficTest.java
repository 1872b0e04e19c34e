package io.puraify.blackbox.server.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.puraify.blackbox.core.json.JsonScanner;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrafficTest {

  private static final Instant START = Instant.parse("2026-05-04T09:00:00Z");
  private static final int MANY = 100_000;

  private static List<String> lines(TrafficOptions options, int events) {
    Traffic traffic = new Traffic(options);
    byte[] bytes = new byte[Traffic.MAX_LINE_BYTES];
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      int end = traffic.next(bytes, 0);
      assertThat(bytes[end - 1]).isEqualTo((byte) '\n');
      lines.add(new String(bytes, 0, end - 1, StandardCharsets.UTF_8));
    }
    return lines;
  }

  private static Map<String, String> fields(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    JsonScanner scanner = new JsonScanner();
    scanner.reset(bytes, 0, bytes.length);
    Map<String, String> fields = new HashMap<>();
    scanner.expect('{', "an object");
    do {
      scanner.string("a name");
      String name = scanner.text();
      scanner.expect(':', "a colon");
      boolean text = scanner.peek() == '"';
      scanner.value();
      int from = scanner.tokenStart();
      String value = new String(bytes, from, scanner.tokenEnd() - from, StandardCharsets.UTF_8);
      assertThat(fields.put(name, text ? value.substring(1, value.length() - 1) : value))
          .as("another %s in %s", name, line)
          .isNull();
    } while (scanner.take(','));
    scanner.expect('}', "the end");
    scanner.expectEnd();
    return fields;
  }

  @Test
  void theSameOptionsGiveTheSameBytes() {
    TrafficOptions options = TrafficOptions.steady(7, START, 1_000);
    assertThat(lines(options, 2_000)).isEqualTo(lines(options, 2_000));
    assertThat(lines(TrafficOptions.steady(8, START, 1_000), 10))
        .doesNotContainAnyElementsOf(lines(options, 10));
  }

  /** Loads and recorded results stay comparable only while this holds. */
  @Test
  void theBytesOfASeedAreTheSameOnEveryMachine() {
    List<String> lines = lines(TrafficOptions.steady(1, START, 1_000), MANY);
    assertThat(lines.hashCode()).isEqualTo(1684777278);
  }

  @Test
  void eventsLookLikeThoseOfThePlatform() {
    List<Map<String, String>> events =
        lines(TrafficOptions.steady(1, START, 1_000), MANY).stream()
            .map(TrafficTest::fields)
            .toList();
    double fields = events.stream().mapToInt(Map::size).average().orElseThrow();
    assertThat(fields).isCloseTo(17, within(0.5));
    assertThat(share(events, "status", "error")).isCloseTo(0.08, within(0.004));
    double traces = events.stream().filter(e -> e.containsKey("stack_trace")).count();
    assertThat(traces / MANY).isCloseTo(0.02, within(0.002));
    assertThat(different(events, "trace_id")).hasSize(MANY);
    assertThat(different(events, "engine")).hasSize(6);
    assertThat(different(events, "flow_id")).hasSizeGreaterThan(3_500);
    assertThat(different(events, "user_id")).hasSizeBetween(5_000, 50_000);
    assertThat(different(events, "session_id")).hasSizeBetween(13_000, 14_200);
    List<String> times = events.stream().map(e -> e.get("timestamp")).toList();
    assertThat(times).isSorted();
    assertThat(Duration.between(Instant.parse(times.getFirst()), Instant.parse(times.getLast())))
        .isBetween(Duration.ofSeconds(98), Duration.ofSeconds(102));
  }

  @Test
  void anEventHasAbout430Bytes() {
    double bytes =
        lines(TrafficOptions.steady(1, START, 1_000), MANY).stream()
            .mapToInt(line -> line.length() + 1)
            .average()
            .orElseThrow();
    assertThat(bytes).isCloseTo(430, within(7.0));
  }

  @Test
  void anIncidentExpiresTokensOfOneUserInTen() {
    Incident incident = new Incident("Slack", START.plusSeconds(60), START.plusSeconds(120));
    List<Map<String, String>> events =
        lines(new TrafficOptions(1, START, 500, 0.5, incident), MANY).stream()
            .map(TrafficTest::fields)
            .toList();
    List<String> deployments =
        events.stream()
            .filter(e -> "deployment".equals(e.get("event_type")))
            .map(e -> e.get("version"))
            .toList();
    assertThat(deployments).containsExactly("1.20.0", "1.20.1");
    for (int minute = 0; minute < 3; minute++) {
      String from = START.plusSeconds(60L * minute).toString().substring(0, 16);
      List<Map<String, String>> calls =
          events.stream()
              .filter(e -> e.get("timestamp").startsWith(from))
              .filter(e -> "Slack".equals(e.get("platform")))
              .filter(e -> "execution".equals(e.get("engine")))
              .toList();
      assertThat(share(calls, "error_type", "token_expired"))
          .as("minute %d", minute)
          .isBetween(minute == 1 ? 0.07 : 0.0, minute == 1 ? 0.14 : 0.03);
    }
  }

  @Test
  void anIncidentCanHitAllUsersOfAProject() {
    Incident incident = new Incident("Slack", 3, START.plusSeconds(60), START.plusSeconds(120));
    List<Map<String, String>> calls =
        lines(new TrafficOptions(1, START, 500, 0.5, incident), MANY).stream()
            .map(TrafficTest::fields)
            .filter(e -> "pf_103".equals(e.get("project_id")))
            .filter(e -> "Slack".equals(e.get("platform")))
            .filter(e -> "execution".equals(e.get("engine")))
            .toList();
    for (int minute = 0; minute < 3; minute++) {
      String from = START.plusSeconds(60L * minute).toString().substring(0, 16);
      List<Map<String, String>> ofMinute =
          calls.stream().filter(e -> e.get("timestamp").startsWith(from)).toList();
      assertThat(share(ofMinute, "error_type", "token_expired"))
          .as("minute %d", minute)
          .isBetween(minute == 1 ? 0.99 : 0.0, minute == 1 ? 1.0 : 0.1);
    }
  }

  private static double share(List<Map<String, String>> events, String field, String value) {
    return events.stream().filter(e -> value.equals(e.get(field))).count() / (double) events.size();
  }

  private static Set<String> different(List<Map<String, String>> events, String field) {
    Set<String> values = new HashSet<>();
    events.forEach(event -> values.add(event.getOrDefault(field, "")));
    values.remove("");
    return values;
  }
}
