package io.puraify.blackbox.server.cli.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.server.TestServer;
import io.puraify.blackbox.server.cli.Cli;
import io.puraify.blackbox.server.cli.terminal.TestShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands with a server that has alerts. */
class AlertCommandsTest {

  private static final String ERRORS =
      """
      [{"project_id": "pf_880", "engine": "execution", "platform": "Notion", "status": "error",
        "error_type": "api_timeout", "timestamp": "2025-07-25T14:00:00Z"},
       {"project_id": "pf_880", "engine": "execution", "platform": "Notion", "status": "error",
        "error_type": "api_timeout", "timestamp": "2025-07-25T14:00:10Z"}]
      """;

  @TempDir private Path folder;
  private TestShell shell = new TestShell();

  private int run(String... arguments) {
    return new Cli(
            shell.shell(),
            settings -> {
              throw new IllegalStateException("no server is to be started");
            },
            InstantSource.system(),
            () -> new CountDownLatch(0))
        .run(arguments);
  }

  /** Runs a command with nothing printed before it. */
  private int afresh(TestServer server, String... arguments) {
    shell = new TestShell().with("BLACKBOX_SERVER", server.uri().toString()).with("USER", "ada");
    return run(arguments);
  }

  private TestServer serverWithAnAlert() throws InterruptedException {
    TestServer server = TestServer.start(folder.resolve("data"));
    server.post(TestServer.JSON, ERRORS);
    long end = System.nanoTime() + 120_000_000_000L;
    do {
      assertThat(System.nanoTime()).as("an alert fires in time").isLessThan(end);
      Thread.sleep(20);
      assertThat(afresh(server, "alerts", "-o", "json")).as(shell.err()).isZero();
    } while (shell.out().equals("[]\n"));
    return server;
  }

  @Test
  void alertsAreListedAcknowledgedAndResolved() throws InterruptedException {
    try (TestServer server = serverWithAnAlert()) {
      JsonNode alert = JsonMapper.shared().readTree(shell.out()).path(0);
      String id = alert.path("alert_id").asString();
      assertThat(afresh(server, "alerts", "-o", "table", "--policy", "new_error")).isZero();
      assertThat(shell.out())
          .startsWith("alert     severity  state   fired")
          .contains(id.substring(0, 8) + "  medium    firing  ", "new error api_timeout Notion");

      assertThat(afresh(server, "alerts", "ack", id.substring(0, 8), "--comment", "on it"))
          .as(shell.err())
          .isZero();
      assertThat(shell.out()).startsWith(id + " is acknowledged: ");
      assertThat(afresh(server, "alerts", "--state", "acknowledged", "-o", "json")).isZero();
      JsonNode acknowledged = JsonMapper.shared().readTree(shell.out()).path(0);
      assertThat(acknowledged.path("acknowledged_by").asString()).isEqualTo("ada");
      assertThat(acknowledged.path("comment").asString()).isEqualTo("on it");

      assertThat(afresh(server, "alerts", "resolve", id, "--by", "grace")).isZero();
      assertThat(shell.out()).startsWith(id + " is resolved: ");
      assertThat(afresh(server, "alerts", "resolve", id)).isOne();
      assertThat(shell.err()).contains("The alert is over");
      assertThat(afresh(server, "alerts", "ack", "no-such")).isOne();
      assertThat(shell.err()).contains("none of the newest 1000 alerts");
      assertThat(afresh(server, "alerts", "--severity", "loud")).isOne();
      assertThat(shell.err()).contains("severity: one of ");
    }
  }

  @Test
  void aSilenceIsPreviewedMadeAndEnded() throws InterruptedException {
    try (TestServer server = serverWithAnAlert()) {
      String[] preview = {
        "alerts", "silence", "project_id=~pf_.*", "--for", "2h", "--reason", "r", "--preview"
      };
      assertThat(afresh(server, preview)).as(shell.err()).isZero();
      assertThat(shell.out()).startsWith("It would silence 1 alerts now.\n  new_error: ");
      assertThat(silences(server)).isEmpty();

      assertThat(afresh(server, "alerts", "silence", "policy!=x", "--for", "2h", "--reason", "r"))
          .isZero();
      Matcher made = Pattern.compile("Silence (\\S+) holds until").matcher(shell.out());
      assertThat(made.find()).isTrue();
      assertThat(silences(server).path(0).path("created_by").asString()).isEqualTo("ada");

      assertThat(afresh(server, "alerts", "unsilence", made.group(1))).isZero();
      assertThat(shell.out()).isEqualTo("Silence " + made.group(1) + " is over.\n");
      assertThat(afresh(server, "alerts", "unsilence", "a/b?")).isOne();
      assertThat(shell.err()).contains("There is no such silence");

      assertThat(afresh(server, "alerts", "silence", "project_id", "--for", "2h", "--reason", "r"))
          .isEqualTo(2);
      assertThat(shell.err()).contains("'project_id' is no matcher");
      assertThat(afresh(server, "alerts", "silence", "a=b", "--for", "2h")).isEqualTo(2);
      assertThat(shell.err()).contains("--reason");
    }
  }

  private static JsonNode silences(TestServer server) {
    return server.get("/monitoring/alerts/silences").json().path("silences");
  }

  @Test
  void policiesOfFilesAreTriedOnWhatIsStored() throws IOException, InterruptedException {
    Path policies = Files.createDirectories(folder.resolve("policies"));
    Files.writeString(
        policies.resolve("burst.yaml"),
        """
        policy: burst
        match: status:error
        condition: {kind: count, window: 5m}
        thresholds: [{severity: high, value: 2}]
        """);
    String[] test = {
      "policies", "test", policies.toString(), "--from", "2025-07-25", "--to", "2025-07-26"
    };
    try (TestServer server = serverWithAnAlert()) {
      assertThat(afresh(server, with(test, "-o", "table"))).as(shell.err()).isZero();
      assertThat(shell.out())
          .startsWith("policy  from")
          .containsPattern("(?m)^burst .* 2 +1 +[0-9]+ +1 +2$");
      assertThat(afresh(server, with(test, "-o", "csv", "--at-least", "1", "--at-most", "1")))
          .isZero();
      assertThat(shell.out()).startsWith("policy,from,to,events,fired,firing_seconds,groups,");
      assertThat(afresh(server, with(test, "-o", "json", "--at-most", "0"))).isOne();
      assertThat(shell.err())
          .contains("policy 'burst': it would have fired 1 times; 0 at most are expected");
      assertThat(JsonMapper.shared().readTree(shell.out()).path(0).path("episodes")).hasSize(1);
      assertThat(afresh(server, with(test, "--at-least", "2"))).isOne();

      // What is wrong is said as the API says it, and the others are tried all the same.
      Files.writeString(
          policies.resolve("wrong.json"), "{\"policy\": \"wrong\", \"match\": \"(\", \"fro\": 1}");
      assertThat(afresh(server, with(test, "-o", "ndjson"))).isOne();
      assertThat(shell.err())
          .contains("wrong.json, policy 'wrong': ", "/policy/match: ", "/policy/fro: ");
      assertThat(shell.out().lines()).hasSize(1);
      assertThat(afresh(server, "policies", "test", "no-such.yaml")).isEqualTo(2);
      assertThat(shell.err()).contains("no-such.yaml: there is no such file");
    }
  }

  private static String[] with(String[] arguments, String... more) {
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return all;
  }
}
