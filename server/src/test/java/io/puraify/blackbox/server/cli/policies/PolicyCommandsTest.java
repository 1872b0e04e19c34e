package io.puraify.blackbox.server.cli.policies;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.server.TestServer;
import io.puraify.blackbox.server.cli.ServedCli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The commands with a server that has events. */
class PolicyCommandsTest {

  private static final String ERRORS =
      """
      [{"project_id": "pf_880", "engine": "execution", "platform": "Notion", "status": "error",
        "error_type": "api_timeout", "timestamp": "2025-07-25T14:00:00Z"},
       {"project_id": "pf_880", "engine": "execution", "platform": "Notion", "status": "error",
        "error_type": "api_timeout", "timestamp": "2025-07-25T14:00:10Z"}]
      """;

  @TempDir private Path folder;

  private TestServer serverWithErrors() {
    TestServer server = TestServer.start(folder.resolve("data"));
    assertThat(server.post(TestServer.JSON, ERRORS).status()).isLessThan(300);
    return server;
  }

  @Test
  void policiesOfFilesAreTriedOnWhatIsStored() throws IOException {
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
    try (TestServer server = serverWithErrors()) {
      ServedCli cli = new ServedCli(server);
      assertThat(cli.run(with(test, "-o", "table"))).as(cli.err()).isZero();
      assertThat(cli.out())
          .startsWith("policy  from")
          .containsPattern("(?m)^burst .* 2 +1 +[0-9]+ +1 +2$");
      assertThat(cli.run(with(test, "-o", "csv", "--at-least", "1", "--at-most", "1"))).isZero();
      assertThat(cli.out()).startsWith("policy,from,to,events,fired,firing_seconds,groups,");
      assertThat(cli.run(with(test, "-o", "json", "--at-most", "0"))).isOne();
      assertThat(cli.err())
          .contains("policy 'burst': it is not as expected\n")
          .contains("  fired: 1; expected: 0 at most\n");
      assertThat(cli.json().path(0).path("episodes")).hasSize(1);
      assertThat(cli.run(with(test, "--at-least", "2"))).isOne();

      // What is wrong is said as the API says it, and the others are tried all the same.
      Files.writeString(
          policies.resolve("wrong.json"), "{\"policy\": \"wrong\", \"match\": \"(\", \"fro\": 1}");
      assertThat(cli.run(with(test, "-o", "ndjson"))).isOne();
      assertThat(cli.err())
          .contains("wrong.json, policy 'wrong': ", "/policy/match: ", "/policy/fro: ");
      assertThat(cli.out().lines()).hasSize(1);
      assertThat(cli.run("policies", "test", "no-such.yaml")).isEqualTo(2);
      assertThat(cli.err()).contains("no-such.yaml: there is no such file");
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
  private int expecting(ServedCli cli, String expected) throws IOException {
    Path file = Files.writeString(folder.resolve("burst.yaml"), BURST + expected.indent(2));
    return cli.run("policies", "test", file.toString(), "-o", "json");
  }

  @Test
  void aFileSaysWhatItsPolicyIsExpectedToDo() throws IOException {
    String times = "from: 2025-07-25\nto: 2025-07-26T00:00:00Z\n";
    try (TestServer server = serverWithErrors()) {
      ServedCli cli = new ServedCli(server);
      int met =
          expecting(
              cli,
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
      assertThat(met).as("%s %s", cli.err(), cli.out()).isZero();
      assertThat(cli.err()).isEmpty();
      assertThat(cli.json().path(0).path("from").asString()).isEqualTo("2025-07-25T00:00:00Z");

      int missed =
          expecting(
              cli,
              times
                  + """
                  fired: {at_least: 2}
                  notified: 0
                  alerts:
                    - {at: 2025-07-25T14:00:10Z, labels: {project_id: pf_881}}
                    - {at: 2025-07-25T15:00:00Z, until: 2025-07-25T16:00:00Z, severity: low}
                  """);
      assertThat(missed).isOne();
      assertThat(cli.err())
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
      assertThat(cli.run(quiet)).as(cli.err()).isZero();
    }
  }

  @Test
  void whatIsExpectedAndCannotBeUnderstoodIsSaidWithItsPlace() throws IOException {
    try (TestServer server = TestServer.start(folder.resolve("data"))) {
      ServedCli cli = new ServedCli(server);
      int malformed =
          expecting(
              cli,
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
      assertThat(cli.err())
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
      assertThat(cli.out()).isEqualTo("[]\n");
      assertThat(expecting(cli, "{}")).isOne();
      assertThat(cli.err()).contains("/expect: at least one of fired, notified and alerts");
      assertThat(expecting(cli, "fired: {}")).isOne();
      assertThat(cli.err()).contains("/expect/fired: a number, or an object with at_least");
      assertThat(expecting(cli, "often")).isOne();
      assertThat(cli.err()).contains("/expect: a JSON object was expected");
    }
  }

  private static String[] with(String[] arguments, String... more) {
    String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return all;
  }

  @Test
  void policiesArePutListedShownAndRemoved() throws IOException {
    Path files = Files.createDirectories(folder.resolve("policies"));
    Files.writeString(files.resolve("burst.yaml"), BURST + "  fired: 1\n");
    Files.writeString(
        files.resolve("wrong.yaml"), "- {policy: wrong, match: (, fro: 1}\n- {match: a}\n");
    try (TestServer server = TestServer.start(folder.resolve("data"))) {
      ServedCli cli = new ServedCli(server);
      assertThat(cli.run("policies", "put", files.toString(), "--by", "gräce\n")).isOne();
      assertThat(cli.out()).isEqualTo("Policy burst has version 1 now.\n");
      assertThat(cli.err())
          .contains("wrong.yaml, policy 'wrong': ", "/match: ", "/fro: ")
          .contains("wrong.yaml: /policy: its name was expected");
      assertThat(cli.run("policies", "put", "no-such.yaml")).isEqualTo(2);

      assertThat(cli.run("policies", "list", "-o", "table")).as(cli.err()).isZero();
      assertThat(cli.out())
          .startsWith("policy ")
          .containsPattern("\nnew_error +0 +true +first_seen +medium +ui +blackbox ")
          .containsPattern("\nburst +1 +true +count +high +ui +\\S+Z +gr\\?ce\\? +status:error\n")
          .doesNotContain("wrong");

      // What is shown can be put, and is the same then.
      Path shown = folder.resolve("shown.yaml");
      for (String name : List.of("burst", "error_burst")) {
        assertThat(cli.run("policies", "show", name)).as(cli.err()).isZero();
        Files.writeString(shown, cli.out());
        assertThat(cli.run("policies", "show", name, "-o", "json")).isZero();
        JsonNode before = cli.json().path("document");
        assertThat(cli.run("policies", "put", shown.toString())).as(cli.err()).isZero();
        assertThat(cli.run("policies", "show", name, "-o", "json")).isZero();
        assertThat(cli.json().path("document")).isEqualTo(before);
      }
      assertThat(cli.run("policies", "show", "burst", "1")).isZero();
      assertThat(cli.out())
          .startsWith("# Policy burst, version 1 of ")
          .contains(" by gr?ce?.\n# There is also version 2 of ", " by ada.\npolicy: burst\n")
          .contains("\ncondition:\n  kind: count\n  window: 5m\n");
      assertThat(cli.run("policies", "show", "burst", "7")).isOne();
      assertThat(cli.err()).contains("policy 'burst' has no version 7; it has 2, 1");

      assertThat(cli.run("policies", "remove", "burst")).as(cli.err()).isZero();
      assertThat(cli.out()).isEqualTo("Policy burst is removed, and its alerts are over.\n");
      assertThat(cli.run("policies", "remove", "burst")).isOne();
      assertThat(cli.err()).contains("There is no such policy: No policy is called burst");
      assertThat(cli.run("policies", "show", "burst")).isZero();
      assertThat(cli.out())
          .contains("version 3 of ", " by ada, which removed it.\n# There is also");
      assertThat(cli.run("policies", "show", "a/b?")).isOne();
      assertThat(cli.err()).contains("There is no such policy");
      assertThat(cli.run("policies", "list", "-o", "json")).isZero();
      assertThat(cli.json().valueStream().map(each -> each.path("policy").asString()))
          .contains("new_error")
          .doesNotContain("burst");
    }
  }

  @Test
  void aPolicyInAFileOfTheServerIsChangedThereOnly() throws IOException {
    Path file = Files.writeString(folder.resolve("burst.yaml"), BURST + "  fired: 1\n");
    try (TestServer server =
        TestServer.start(folder.resolve("data"), Map.of("alerts.policies", file.toString()))) {
      ServedCli cli = new ServedCli(server);
      assertThat(cli.run("policies", "put", file.toString())).isOne();
      assertThat(cli.err()).contains("burst.yaml, policy 'burst': The policy is in a file");
      assertThat(cli.run("policies", "remove", "burst")).isOne();
      assertThat(cli.err()).contains("The policy is in a file");
    }
  }
}
