package io.puraify.blackbox.server.cli.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * What a server answered.
 *
 * @param headers by their names in lower case
 */
public record HttpAnswer(int status, Map<String, String> headers, byte[] body) {

  /** Numbers stay as they are, however large or exact. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final int SHOWN_CHARACTERS = 500;

  /** The body as JSON; a missing node where it is none. */
  public JsonNode json() {
    try {
      return MAPPER.readTree(body);
    } catch (JacksonException e) {
      return MissingNode.getInstance();
    }
  }

  /** When it is worth trying again, where the server says so in seconds. */
  public Optional<Duration> retryAfter() {
    String seconds = headers.getOrDefault("retry-after", "");
    return seconds.matches("[0-9]{1,6}")
        ? Optional.of(Duration.ofSeconds(Long.parseLong(seconds)))
        : Optional.empty();
  }

  /** What went wrong, for people: a problem's title and detail, and each place that is wrong. */
  public String problem() {
    JsonNode json = json();
    if (!json.has("title")) {
      String text = new String(body, StandardCharsets.UTF_8).strip();
      String shown = text.length() > SHOWN_CHARACTERS ? text.substring(0, SHOWN_CHARACTERS) : text;
      return "the server answered %d %s".formatted(status, shown).strip();
    }
    StringBuilder problem = new StringBuilder(json.path("title").asString(""));
    String detail = json.path("detail").asString("");
    if (!detail.isEmpty()) {
      problem.append(": ").append(detail);
    }
    for (JsonNode error : json.path("errors")) {
      problem.append("\n  ").append(error.path("pointer").asString(""));
      problem.append(": ").append(error.path("detail").asString(""));
    }
    return problem.toString();
  }
}
