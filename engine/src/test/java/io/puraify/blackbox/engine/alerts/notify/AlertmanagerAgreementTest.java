package io.puraify.blackbox.engine.alerts.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Cases of grouping, inhibition, silencing and timing, and what a real Alertmanager has told in
 * each; {@code AlertmanagerTest} of the packaged server's tests has written that down, and plays
 * them again. Where the pipeline differs on purpose, the case says what it tells, and why.
 */
class AlertmanagerAgreementTest {

  static Stream<Named<JsonNode>> cases() throws IOException {
    JsonNode document = document();
    return document
        .path("cases")
        .valueStream()
        .map(each -> Named.of(each.path("case").asString(), each));
  }

  private static JsonNode document() throws IOException {
    try (InputStream in =
        AlertmanagerAgreementTest.class.getResourceAsStream("alertmanager.json")) {
      return JsonMapper.shared().readTree(in);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatIsToldIsWhatAlertmanagerTells(JsonNode it) throws IOException {
    JsonNode expected = it.has("blackbox") ? it.path("blackbox").path("told") : it.path("told");
    assertThat(new PlayedCase(document(), it).play()).isEqualTo(texts(expected));
  }

  @Test
  void theyDifferInFewCasesAndThereForAReason() throws IOException {
    List<JsonNode> all = document().path("cases").valueStream().toList();
    assertThat(all).filteredOn(it -> !it.has("blackbox")).hasSizeGreaterThan(50);
    assertThat(all)
        .filteredOn(it -> it.has("blackbox"))
        .hasSize(5)
        .allSatisfy(it -> {
          assertThat(it.path("blackbox").path("why").asString()).isNotBlank();
          assertThat(texts(it.path("blackbox").path("told"))).isNotEqualTo(texts(it.path("told")));
        });
  }

  private static List<String> texts(JsonNode lines) {
    return lines.valueStream().map(JsonNode::asString).toList();
  }
}
