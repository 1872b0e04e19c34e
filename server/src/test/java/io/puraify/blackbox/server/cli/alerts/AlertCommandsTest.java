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
          .contains("policy 'burst': it is not as expected\n")
          .contains("  fired: 1; expected: 0 at most\n");
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

  private static final String BURST =
      """
      policy: burst
      match: status:error
      condition: {kind: count, window: 5m}
      thresholds: [{severity: high, value: 2}]
      expect:
      """;

  /** Tries a policy that fires once, of which something is expected. */
  private int expecting(TestServer server, String expected) throws IOException {
    Path file = Files.writeString(folder.resolve("burst.yaml"), BURST + expected.indent(2));
    return afresh(server, "policies", "test", file.toString(), "-o", "json");
  }

  @Test
  void aFileSaysWhatItsPolicyIsExpectedToDo() throws IOException, InterruptedException {
    String times = "from: 2025-07-25\nto: 2025-07-26T00:00:00Z\n";
    try (TestServer server = serverWithAnAlert()) {
      int met =
          expecting(
              server,
              times
                  + """
                  fired: 1
                  notified: {at_least: 1, at_most: 2}
                  alerts:
                    - at: 2025-07-25T14:00:10Z
                      until: "2025-07-25T14:05:00Z"
                      severity: high
                      labels: {project_id: pf_880}
                  """);
      assertThat(met).as("%s %s", shell.err(), shell.out()).isZero();
      assertThat(shell.err()).isEmpty();
      assertThat(JsonMapper.shared().readTree(shell.out()).path(0).path("from").asString())
          .isEqualTo("2025-07-25T00:00:00Z");

      int missed =
          expecting(
              server,
              times
                  + """
                  fired: {at_least: 2}
                  notified: 0
                  alerts:
                    - {at: 2025-07-25T14:00:10Z, labels: {project_id: pf_881}}
                    - {at: 2025-07-25T15:00:00Z, until: 2025-07-25T16:00:00Z, severity: low}
                  """);
      assertThat(missed).isOne();
      assertThat(shell.err())
          .isEqualTo(
              """
              blackbox: %s, policy 'burst': it is not as expected
                fired: 1; expected: 2 at least
                notified: 2; expected: exactly 0
                missing: an alert at 2025-07-25T14:00:10Z, project_id=pf_881
                missing: an alert at 2025-07-25T15:00:00Z until 2025-07-25T16:00:00Z, low
                unexpected: an alert at 2025-07-25T14:00:10Z until 2025-07-25T14:05:00Z, high, project_id=pf_880
              """
                  .formatted(folder.resolve("burst.yaml")));

      // Options go before the file, and what is expected of no events is that nothing fires.
      Path file = folder.resolve("burst.yaml");
      String[] quiet = {
        "policies", "test", file.toString(), "--from", "2024-01-01", "--to", "2024-01-02"
      };
      Files.writeString(file, BURST + (times + "fired: 0\nalerts: []").indent(2));
      assertThat(afresh(server, quiet)).as(shell.err()).isZero();
    }
  }

  @Test
  void whatIsExpectedAndCannotBeUnderstoodIsSaidWithItsPlace()
      throws IOException, InterruptedException {
    try (TestServer server = TestServer.start(folder.resolve("data"))) {
      int malformed =
          expecting(
              server,
              """
              since: a while
              from: yesterday
              fired: 1.5
              notified: {at_least: 3, at_most: 2}
              alert: 1
              alerts:
                - {at: noon, severity: loud, labels: [a]}
                - {severity: high, unti: 2025-07-25}
              """);
      assertThat(malformed).isOne();
      assertThat(shell.err())
          .startsWith("blackbox: " + folder.resolve("burst.yaml") + ", policy 'burst': ")
          .contains(
              "  /expect/from: a time such as ",
              "  /expect/since: a span of time from 1s to 366d ",
              "  /expect/since: either from or since was expected",
              "  /expect/fired: a whole number was expected",
              "  /expect/notified/at_most: a number of at_least, 3, or more was expected",
              "  /expect/alerts/0/at: a time such as ",
              "  /expect/alerts/0/severity: one of debug, ",
              "  /expect/alerts/0/labels: an object of ",
              "  /expect/alerts/1/at: a time such as ",
              "  /expect/alerts/1/unti: there is no such member",
              "  /expect/alert: there is no such member");
      assertThat(shell.out()).isEqualTo("[]\n");
      assertThat(expecting(server, "{}")).isOne();
      assertThat(shell.err()).contains("/expect: at least one of fired, notified and alerts");
      assertThat(expecting(server, "fired: {}")).isOne();
      assertThat(shell.err()).contains("/expect/fired: a number, or an object with at_least");
      assertThat(expecting(server, "often")).isOne();
      assertThat(shell.err()).contains("/expect: a JSON object was expected");
    }
  }

  private static String[] with(String[] arguments, String... more) {
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return all;
  }
}
