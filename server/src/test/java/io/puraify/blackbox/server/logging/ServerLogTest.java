package io.puraify.blackbox.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.server.config.Settings.Logging;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

@Isolated("standard error is the whole process's")
class ServerLogTest {

  private static final Logger OWN = LoggerFactory.getLogger("io.puraify.blackbox.some.Part");
  private static final Logger LIBRARY = LoggerFactory.getLogger("io.netty.Channel");

  private final PrintStream standardError = System.err;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @AfterEach
  void restore() {
    System.setErr(standardError);
    ServerLog.apply(new Logging("info", Logging.Format.TEXT));
  }

  private void apply(String level, Logging.Format format) {
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    ServerLog.apply(new Logging(level, format));
  }

  private String[] lines() {
    return written.toString(StandardCharsets.UTF_8).split("\n");
  }

  @Test
  void aTextLineHasTimeLevelPlaceAndMessage() {
    apply("info", Logging.Format.TEXT);
    OWN.info("listening on {}", 7070);
    assertThat(lines()).hasSize(1);
    assertThat(lines()[0]).matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z INFO  Part: listening on 7070");
  }

  @Test
  void aTextLineIsFollowedByTheStackTrace() {
    apply("info", Logging.Format.TEXT);
    OWN.error("it broke", new IllegalStateException("the \"reason\""));
    assertThat(lines()[1]).isEqualTo("java.lang.IllegalStateException: the \"reason\"");
    assertThat(lines()[2]).startsWith("\tat io.puraify.blackbox");
  }

  @Test
  void aJsonLineIsOneObjectWithEverything() {
    apply("info", Logging.Format.JSON);
    OWN.warn("a \"quoted\"\nmessage", new IllegalStateException("reason"));
    assertThat(lines()).hasSize(1);
    JsonNode line = new ObjectMapper().readTree(lines()[0]);
    assertThat(line.propertyNames())
        .containsExactly("timestamp", "level", "logger", "thread", "message", "stack_trace");
    assertThat(Instant.parse(line.get("timestamp").asString())).isNotNull();
    assertThat(line.get("level").asString()).isEqualTo("WARN");
    assertThat(line.get("logger").asString()).isEqualTo("io.puraify.blackbox.some.Part");
    assertThat(line.get("thread").asString()).isEqualTo(Thread.currentThread().getName());
    assertThat(line.get("message").asString()).isEqualTo("a \"quoted\"\nmessage");
    assertThat(line.get("stack_trace").asString()).contains("IllegalStateException: reason\n\tat ");
  }

  @Test
  void theLevelIsObeyedAndDebugIsOfBlackboxAlone() {
    apply("debug", Logging.Format.TEXT);
    OWN.debug("own");
    LIBRARY.debug("a library's");
    LIBRARY.info("a library's information");
    OWN.trace("too fine");
    assertThat(lines()).hasSize(2);

    written.reset();
    apply("error", Logging.Format.TEXT);
    OWN.warn("own");
    LIBRARY.warn("a library's");
    OWN.error("this alone");
    assertThat(lines()).singleElement().asString().contains("this alone");
  }
}
