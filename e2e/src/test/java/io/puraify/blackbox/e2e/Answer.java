package io.puraify.blackbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the server has answered. */
record Answer(int status, HttpHeaders headers, String text) {

  JsonNode json() {
    return JsonMapper.shared().readTree(text);
  }

  /** The answer itself, if events were recorded. */
  Answer recorded(long accepted) {
    assertThat(status).as(text).isEqualTo(202);
    assertThat(json().path("accepted").asLong()).as(text).isEqualTo(accepted);
    return this;
  }

  /** The answer itself, if it is the documented one: a status and the short name of a problem. */
  Answer problem(int expectedStatus, String expectedType) {
    assertThat(status).as(text).isEqualTo(expectedStatus);
    assertThat(headers.firstValue("Content-Type")).hasValue("application/problem+json");
    JsonNode problem = json();
    assertThat(problem.path("type").asString()).as(text).isEqualTo(expectedType);
    assertThat(problem.path("status").asInt()).as(text).isEqualTo(expectedStatus);
    assertThat(problem.path("title").asString()).as(text).isNotBlank();
    assertThat(problem.path("detail").asString()).as(text).isNotBlank();
    return this;
  }

  /** The answer itself, if it asks to come again later. */
  Answer unavailable(String expectedType) {
    problem(503, expectedType);
    assertThat(headers.firstValueAsLong("Retry-After").orElse(0)).as(text).isPositive();
    return this;
  }

  /** A field of each event of a page. */
  List<String> logs(String field) {
    assertThat(status).as(text).isEqualTo(200);
    return json().path("logs").valueStream().map(event -> event.path(field).asString("")).toList();
  }
}
