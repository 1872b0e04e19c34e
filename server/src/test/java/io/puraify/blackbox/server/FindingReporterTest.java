package io.puraify.blackbox.server;

import static io.puraify.blackbox.server.TestServer.NDJSON;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class FindingReporterTest {

  private static final int CALLS_A_MINUTE = 60;
  private static final String SPIKES = "/monitoring/performance/spikes?kind=errors&project_id=p&";

  @TempDir private Path folder;
  private final Random random = new Random(20260112);
  private volatile Instant now = Instant.now().truncatedTo(ChronoUnit.HOURS);

  @Test
  void aSpikeIsRecordedAsAnEventWhenItBeginsAndWhenItEnds() throws InterruptedException {
    try (TestServer server = TestServer.start(folder, () -> now)) {
      minutes(server, 80, 3);
      Instant start = now;
      minutes(server, 15, 40);
      Instant stop = now;
      minutes(server, 20, 3);

      JsonNode events = await(server, "/monitoring/logs?event_type=performance_spike&project_id=p");
      JsonNode spike = server.get(SPIKES + "since=1d").json().at("/spikes/0");

      assertThat(Instant.parse(spike.path("from").asString())).isEqualTo(start);
      assertThat(Instant.parse(spike.path("to").asString()))
          .isBetween(stop.minusSeconds(60), stop.plusSeconds(120));
      assertThat(spike.path("platform").asString()).isEqualTo("Slack");
      assertThat(spike.path("expected").asDouble()).isBetween(0.01, 0.06);
      assertThat(spike.path("observed").asDouble()).isBetween(0.3, 0.5);
      JsonNode ended = events.path(0);
      JsonNode began = events.path(1);
      assertThat(began.path("action").asString()).isEqualTo("spike_began");
      assertThat(began.path("timestamp").asString()).isEqualTo(start.toString());
      assertThat(ended.path("action").asString()).isEqualTo("spike_ended");
      assertThat(ended.path("attributes").path("spike")).isEqualTo(spike);
      assertThat(ended.path("message").asString()).contains("of calls fail, usually 0.0");
    }
  }

  private void minutes(TestServer server, int count, int errorsOfAHundred)
      throws InterruptedException {
    for (int i = 0; i < count; i++) {
      StringBuilder calls = new StringBuilder();
      for (int call = 0; call < CALLS_A_MINUTE; call++) {
        calls.append(
            """
            {"project_id":"p","timestamp":"%s","platform":"Slack","status":"%s"}
            """
                .formatted(
                    now.plusMillis(1_000L * call),
                    random.nextInt(100) < errorsOfAHundred ? "error" : "success"));
      }
      now = now.plus(Duration.ofMinutes(1));
      server.send(
          "POST",
          "/monitoring/logs",
          BodyPublishers.ofString(calls.toString()),
          "Content-Type",
          NDJSON);
      // Of what it is far behind with, the Performance Monitor leaves out all but the end.
      if (i % 15 == 14 || i == count - 1) {
        awaitRollups(server);
      }
    }
  }

  private static void awaitRollups(TestServer server) throws InterruptedException {
    String caughtUp = "blackbox_consumer_lag_events{consumer=\"performance\"} 0.0";
    String metrics = server.get("/metrics").text();
    for (int i = 0; i < 2_400 && !metrics.contains(caughtUp); i++) {
      Thread.sleep(50);
      metrics = server.get("/metrics").text();
    }
    // Asked again, it may be behind with what was found meanwhile.
    assertThat(metrics).contains(caughtUp);
  }

  /** The events, once there are two. */
  private static JsonNode await(TestServer server, String path) throws InterruptedException {
    JsonNode logs = server.get(path).json().path("logs");
    for (int i = 0; i < 1_200 && logs.size() < 2; i++) {
      Thread.sleep(100);
      logs = server.get(path).json().path("logs");
    }
    assertThat(logs.size()).isEqualTo(2);
    return logs;
  }
}
