package io.puraify.blackbox.server.cli.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.server.TestServer;
import io.puraify.blackbox.server.cli.ServedCli;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

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

  private TestServer serverWithAnAlert() throws InterruptedException {
    TestServer server = TestServer.start(folder.resolve("data"));
    ServedCli cli = new ServedCli(server);
    server.post(TestServer.JSON, ERRORS);
    long end = System.nanoTime() + 120_000_000_000L;
    do {
      assertThat(System.nanoTime()).as("an alert fires in time").isLessThan(end);
      Thread.sleep(20);
      assertThat(cli.run("alerts", "-o", "json")).as(cli.err()).isZero();
    } while (cli.out().equals("[]\n"));
    return server;
  }

  @Test
  void alertsAreListedAcknowledgedAndResolved() throws InterruptedException {
    try (TestServer server = serverWithAnAlert()) {
      ServedCli cli = new ServedCli(server);
      assertThat(cli.run("alerts", "-o", "json")).isZero();
      JsonNode alert = cli.json().path(0);
      String id = alert.path("alert_id").asString();
      assertThat(cli.run("alerts", "-o", "table", "--policy", "new_error")).isZero();
      assertThat(cli.out())
          .startsWith("alert     severity  state   fired")
          .contains(id.substring(0, 8) + "  medium    firing  ", "new error api_timeout Notion");

      assertThat(cli.run("alerts", "ack", id.substring(0, 8), "--comment", "on it"))
          .as(cli.err())
          .isZero();
      assertThat(cli.out()).startsWith(id + " is acknowledged: ");
      assertThat(cli.run("alerts", "--state", "acknowledged", "-o", "json")).isZero();
      JsonNode acknowledged = cli.json().path(0);
      assertThat(acknowledged.path("acknowledged_by").asString()).isEqualTo("ada");
      assertThat(acknowledged.path("comment").asString()).isEqualTo("on it");

      assertThat(cli.run("alerts", "resolve", id, "--by", "grace")).isZero();
      assertThat(cli.out()).startsWith(id + " is resolved: ");
      assertThat(cli.run("alerts", "resolve", id)).isOne();
      assertThat(cli.err()).contains("The alert is over");
      assertThat(cli.run("alerts", "ack", "no-such")).isOne();
      assertThat(cli.err()).contains("none of the newest 1000 alerts");
      assertThat(cli.run("alerts", "--severity", "loud")).isOne();
      assertThat(cli.err()).contains("severity: one of ");
    }
  }

  @Test
  void aSilenceIsPreviewedMadeAndEnded() throws InterruptedException {
    try (TestServer server = serverWithAnAlert()) {
      ServedCli cli = new ServedCli(server);
      String[] preview = {
        "alerts", "silence", "project_id=~pf_.*", "--for", "2h", "--reason", "r", "--preview"
      };
      assertThat(cli.run(preview)).as(cli.err()).isZero();
      assertThat(cli.out()).startsWith("It would silence 1 alerts now.\n  new_error: ");
      assertThat(silences(server)).isEmpty();

      assertThat(cli.run("alerts", "silence", "policy!=x", "--for", "2h", "--reason", "r"))
          .isZero();
      Matcher made = Pattern.compile("Silence (\\S+) holds until").matcher(cli.out());
      assertThat(made.find()).isTrue();
      assertThat(silences(server).path(0).path("created_by").asString()).isEqualTo("ada");

      assertThat(cli.run("alerts", "unsilence", made.group(1))).isZero();
      assertThat(cli.out()).isEqualTo("Silence " + made.group(1) + " is over.\n");
      assertThat(cli.run("alerts", "unsilence", "a/b?")).isOne();
      assertThat(cli.err()).contains("There is no such silence");

      assertThat(cli.run("alerts", "silence", "project_id", "--for", "2h", "--reason", "r"))
          .isEqualTo(2);
      assertThat(cli.err()).contains("'project_id' is no matcher");
      assertThat(cli.run("alerts", "silence", "a=b", "--for", "2h")).isEqualTo(2);
      assertThat(cli.err()).contains("--reason");
    }
  }

  @Test
  void anAlertIsExplainedAndWhoWasToldIsListedAndRead() throws InterruptedException {
    try (TestServer server = serverWithAnAlert()) {
      ServedCli cli = new ServedCli(server);
      awaitInbox(cli);
      assertThat(cli.out()).contains("\"title\"");
      JsonNode told = cli.json().path(0);
      String id = told.path("notification").path("alerts").path(0).path("alert_id").asString();

      assertThat(cli.run("alerts", "explain", id.substring(0, 8))).as(cli.err()).isZero();
      assertThat(cli.out())
          .startsWith(
              "Alert "
                  + id
                  + " of policy new_error, version 0: pf_880: new error api_timeout Notion")
          .containsPattern("\nIt is medium and firing; fired at \\S+Z\\.\n")
          .containsPattern("\n2 events, the first: \\S+")
          .containsPattern("\n  \\S+Z \\+ evaluate: ")
          .containsPattern(
              "\nWho was told:\n  \\S+Z on ui, firing: delivered\n    \\S+Z delivered: in the");
      assertThat(cli.run("alerts", "explain", id, "-o", "json")).isZero();
      assertThat(cli.json().path("alert").path("alert_id").asString()).isEqualTo(id);
      assertThat(cli.run("alerts", "explain", "no-such")).isOne();

      assertThat(cli.run("alerts", "notifications", "-o", "table")).isZero();
      assertThat(cli.out())
          .startsWith("created_at")
          .containsPattern("Z +ui +delivered +1 +medium +firing +pf_880: new error .*in the inbox");
      assertThat(cli.run("alerts", "notifications", "--state", "failed", "-o", "table")).isZero();
      assertThat(cli.err()).isEqualTo("no notifications found\n");
      assertThat(cli.run("alerts", "notifications", "--state", "lost")).isOne();
      assertThat(cli.err()).contains("state: one of ");

      assertThat(cli.run("alerts", "inbox", "--read", "-o", "csv")).isZero();
      assertThat(cli.out()).startsWith("number,notification_id,unread,created_at,severity,reason,");
      assertThat(cli.err()).isEqualTo("all up to number 1 are read; 0 are unread\n");
      assertThat(cli.run("alerts", "inbox", "--read", "-o", "table")).isZero();
      assertThat(cli.err()).isEqualTo("nothing in the inbox is unread\n");
      assertThat(cli.run("alerts", "inbox", "--all", "-o", "table")).isZero();
      assertThat(cli.out())
          .containsPattern("\n +1  false +\\S+Z +medium +firing +pf_880: new error");
    }
  }

  private static void awaitInbox(ServedCli cli) throws InterruptedException {
    long end = System.nanoTime() + 120_000_000_000L;
    do {
      assertThat(System.nanoTime()).as("the inbox is told in time").isLessThan(end);
      Thread.sleep(20);
      assertThat(cli.run("alerts", "inbox", "-o", "json")).as(cli.err()).isZero();
    } while (cli.json().isEmpty());
  }

  private static JsonNode silences(TestServer server) {
    return server.get("/monitoring/alerts/silences").json().path("silences");
  }
}
