package io.puraify.blackbox.engine.deployments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class ScenariosTest {

  static Stream<Scenario> scenarios() throws IOException {
    return Scenario.all().stream();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void theRightChangeIsBlamedOrNone(Scenario scenario) {
    Suspicion suspicion = Suspicion.of(scenario.observed(), scenario.changes());
    JsonNode expected = scenario.expected();

    assertThat(suspicion.verdict().label())
        .as(suspicion.toString())
        .isEqualTo(expected.path("verdict").asString());
    Map<String, String> rulings = new LinkedHashMap<>();
    suspicion.suspects().forEach(each -> rulings.put(each.change().id(), each.ruling().label()));
    Map<String, String> wanted = new LinkedHashMap<>();
    expected
        .path("suspects")
        .properties()
        .forEach(each -> wanted.put(each.getKey(), each.getValue().asString()));
    // In their order.
    assertThat(List.copyOf(rulings.entrySet()))
        .as(suspicion.toString())
        .isEqualTo(List.copyOf(wanted.entrySet()));
    for (JsonNode words : expected.path("says")) {
      assertThat(suspicion.summary()).contains(words.asString());
    }
  }

  @Test
  void thereAreAtLeastTen() throws IOException {
    assertThat(Scenario.all()).hasSizeGreaterThanOrEqualTo(10);
  }
}
