package io.puraify.blackbox.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.server.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class SetupApiTest {

  @TempDir private Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    server =
        TestServer.start(
            folder.resolve("data"),
            Map.of(
                "retention.days", "30",
                "retention.projects.pf_audited", "0",
                "redaction.disabled", "jwt",
                "redaction.keys", "iban",
                "redaction.patterns.customer", "hunter2"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void everySettingIsToldWithWhereItWasGiven() {
    JsonNode settings = server.get("/monitoring/settings").json().path("settings");

    JsonNode days = named(settings, "retention.days");
    assertThat(days.path("value").asString()).isEqualTo("30");
    assertThat(days.path("source").asString()).isEqualTo("flag");
    assertThat(days.path("origin").asString()).isEqualTo("--retention-days");
    JsonNode timeout = named(settings, "query.timeout");
    assertThat(timeout.path("value").asString()).isEqualTo("30s");
    assertThat(timeout.path("source").asString()).isEqualTo("default");
    assertThat(timeout.has("origin")).isFalse();
  }

  @Test
  void maskingIsToldWithoutThePatternsThemselves() {
    String text = server.get("/monitoring/settings").text();
    JsonNode masking = server.get("/monitoring/settings").json().path("masking");

    assertThat(text).doesNotContain("hunter2");
    assertThat(named(masking.path("rules"), "jwt").path("enabled").asBoolean()).isFalse();
    assertThat(named(masking.path("rules"), "bearer_token").path("enabled").asBoolean()).isTrue();
    assertThat(masking.path("keys").valueStream().map(JsonNode::asString)).containsExactly("iban");
    assertThat(masking.path("patterns").valueStream().map(JsonNode::asString))
        .containsExactly("customer");
  }

  @Test
  void storageIsToldByDayAndByPart() throws Exception {
    server.send(
        "POST",
        "/monitoring/logs?wait=stored",
        BodyPublishers.ofString(
            """
            {"project_id":"p","timestamp":"2025-07-25T10:00:00Z","message":"a"}
            {"project_id":"p","timestamp":"2025-07-25T11:00:00Z","message":"b"}
            {"project_id":"p","timestamp":"2025-07-26T10:00:00Z","message":"c"}
            """),
        "Content-Type",
        TestServer.NDJSON);

    JsonNode storage = server.get("/monitoring/storage").json();

    assertThat(storage.path("days").valueStream().map(day -> day.path("day").asString()))
        .containsExactly("2025-07-25", "2025-07-26");
    assertThat(storage.path("days").valueStream().map(day -> day.path("events").asLong()))
        .isEqualTo(List.of(2L, 1L));
    long file = Files.size(folder.resolve("data/events/2025-07-25.duckdb"));
    assertThat(storage.path("days").path(0).path("bytes").asLong()).isGreaterThanOrEqualTo(file);
    assertThat(storage.path("retention").path("days").asInt()).isEqualTo(30);
    assertThat(storage.path("retention").path("projects").toString())
        .isEqualTo("[{\"project_id\":\"pf_audited\",\"days\":0}]");
    long parts =
        storage.path("parts").valueStream().mapToLong(part -> part.path("bytes").asLong()).sum();
    assertThat(storage.path("bytes").asLong()).isEqualTo(parts);
    assertThat(storage.path("parts").valueStream().map(part -> part.path("name").asString()))
        .contains("events", "journal", "state.sqlite", "alerts.sqlite");
    assertThat(storage.path("free_bytes").asLong()).isPositive();
  }

  private static JsonNode named(JsonNode all, String name) {
    return all.valueStream()
        .filter(each -> each.path("name").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
