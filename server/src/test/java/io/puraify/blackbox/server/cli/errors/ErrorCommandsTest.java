package io.puraify.blackbox.server.cli.errors;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.server.TestServer;
import io.puraify.blackbox.server.cli.ServedCli;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The commands with a server that has groups of errors. */
class ErrorCommandsTest {

  private static final String ERRORS =
      """
      [{"project_id": "p", "event_id": "e1", "status": "error", "message": "no answer from 10.0.0.7"},
       {"project_id": "p", "event_id": "e2", "error_type": "broken",
        "stack_trace": "com.acme.Broken: b\\n\\tat java.util.List.get(List.java:7)\\n\\tat com.acme.Shop.buy(Shop.java:31)"}]
      """;

  @TempDir private Path folder;

  private JsonNode await(TestServer server, ServedCli cli) throws InterruptedException {
    long end = System.nanoTime() + 120_000_000_000L;
    while (true) {
      assertThat(cli.run("errors", "-o", "json")).as(cli.err()).isZero();
      JsonNode groups = cli.json();
      boolean stored = server.get("/monitoring/logs/e2").status() == 200;
      if (groups.size() == 2 && stored) {
        return groups;
      }
      assertThat(System.nanoTime()).as("two groups").isLessThan(end);
      Thread.sleep(50);
    }
  }

  @Test
  void groupsAreListedAndExplained() throws InterruptedException {
    try (TestServer server = TestServer.start(folder)) {
      ServedCli cli = new ServedCli(server);
      assertThat(cli.run("errors", "-o", "table")).isZero();
      assertThat(cli.err()).contains("no groups of errors found");
      server.post(TestServer.JSON, ERRORS);
      JsonNode groups = await(server, cli);
      boolean first = groups.path(0).path("rule").asString().equals("template");
      String said = groups.path(first ? 0 : 1).path("group_id").asString();
      String traced = groups.path(first ? 1 : 0).path("group_id").asString();

      assertThat(cli.run("errors", "-o", "table", "--sort", "errors")).isZero();
      assertThat(cli.out()).contains("group_id", said, "no answer from 10.0.0.7");

      assertThat(cli.run("errors", "explain", said)).as(cli.err()).isZero();
      assertThat(cli.out())
          .contains(
              "Event e1 is in group " + said,
              "What decides: the message's template.",
              "Template: no answer from <ip>",
              "  <ip> 10.0.0.7: rule ip");
      assertThat(cli.run("errors", "explain", traced, "--event", "e2")).isZero();
      assertThat(cli.out())
          .contains(
              "  + com.acme.Shop.buy: own code",
              "  - java.util.List.get: a library, and the exception has frames of own code");
      assertThat(cli.run("errors", "explain", traced, "-o", "json")).isZero();
      assertThat(cli.json().path("language").asString()).isEqualTo("java");

      assertThat(cli.run("errors", "explain", traced, "--event", "e1")).isEqualTo(1);
      assertThat(cli.err()).contains("it is in group " + said);
      assertThat(cli.run("errors", "explain", "none")).isEqualTo(2);
      assertThat(cli.run("errors", "--state", "odd")).isEqualTo(1);
    }
  }
}
