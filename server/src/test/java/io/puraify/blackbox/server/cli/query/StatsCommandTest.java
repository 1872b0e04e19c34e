package io.puraify.blackbox.server.cli.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.server.cli.http.FakeServer.Reply;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatsCommandTest {

  private static final String THREE =
      """
      {"groups":5,"rows":[
        {"group":{"engine":"execution","status":"error"},"count":1234567,"error_rate":1,
         "p95:duration_ms":842.3333333},
        {"group":{"engine":null,"status":"success"},"count":89,"error_rate":0.0125,
         "p95:duration_ms":null}],
       "other":[{"count":3,"error_rate":0,"p95:duration_ms":1500.5}],
       "approximate":["p95:duration_ms"]}\
      """;

  private CommandFixture stats;

  @BeforeEach
  void start() throws IOException {
    stats = new CommandFixture(StatsCommand::new, THREE);
  }

  @AfterEach
  void stop() {
    stats.close();
  }

  @Test
  void whatIsAskedBecomesParameters() {
    assertThat(
            stats.run(
                "status:error",
                "platform=Slack",
                "--since=1h",
                "-g",
                "engine,status",
                "-m",
                "count,error_rate,p95:duration_ms",
                "--order",
                "count",
                "--limit=2",
                "--step=5m"))
        .isZero();
    assertThat(stats.target())
        .isEqualTo(
            "/monitoring/stats?q=status%3Aerror&platform=Slack&since=1h&group_by=engine"
                + "&group_by=status&measure=count&measure=error_rate&measure=p95%3Aduration_ms"
                + "&order=count&limit=2&step=5m");
  }

  @Test
  void aTableHasNumbersAtTheRightAndTheOthersLast() {
    stats.shell.withTerminal(100).with("NO_COLOR", "1");
    assertThat(stats.run("-g", "engine,status")).isZero();
    assertThat(stats.shell.out())
        .isEqualTo(
            """
            engine      status       count  error_rate  ~p95:duration_ms
            execution   error    1,234,567    100.00 %           842.333
            (none)      success         89      1.25 %
            (3 others)                   3      0.00 %             1,501
            """);
  }

  @Test
  void csvHasTheGroupsWithTheirValuesAsTheyAre() {
    assertThat(stats.run("-g", "engine,status", "-o", "csv")).isZero();
    assertThat(stats.shell.out())
        .isEqualTo(
            """
            engine,status,count,error_rate,p95:duration_ms
            execution,error,1234567,1,842.3333333
            ,success,89,0.0125,
            """);
  }

  @Test
  void ndjsonIsAGroupALineAndJsonIsTheWholeAnswer() {
    assertThat(stats.run("-g", "engine")).isZero();
    assertThat(stats.shell.out().lines())
        .hasSize(2)
        .first()
        .isEqualTo(
            "{\"group\":{\"engine\":\"execution\",\"status\":\"error\"},\"count\":1234567,"
                + "\"error_rate\":1,\"p95:duration_ms\":842.3333333}");
    assertThat(stats.run("-o", "json")).isZero();
    assertThat(stats.shell.out()).contains("\n  \"groups\" : 5,", "\"approximate\"");
  }

  @Test
  void bucketsHaveTheirTime() {
    stats.server.reply(request ->
        new Reply(
            200,
            """
            {"step":"5m","groups":2,"rows":[
              {"group":{"status":"error"},"time":"2025-07-25T10:00:00Z","count":1},
              {"group":{"status":"error"},"time":"2025-07-25T10:05:00Z","count":2}],
             "other":[{"time":"2025-07-25T10:00:00Z","count":4}],"approximate":[]}\
            """));
    assertThat(stats.run("-g", "status", "--step", "5m", "-o", "table")).isZero();
    assertThat(stats.shell.out())
        .isEqualTo(
            """
            time                  status      count
            2025-07-25T10:00:00Z  error           1
            2025-07-25T10:05:00Z  error           2
            2025-07-25T10:00:00Z  (1 others)      4
            """);
  }

  @Test
  void noEventsAreSaidSoInATerminal() {
    stats.shell.withTerminal(80);
    stats.server.reply(
        request -> new Reply(200, "{\"groups\":0,\"rows\":[],\"other\":[],\"approximate\":[]}"));
    assertThat(stats.run("-g", "engine")).isZero();
    assertThat(stats.shell.out()).isEmpty();
    assertThat(stats.shell.err()).isEqualTo("no events found\n");
  }

  @Test
  void whatTheServerSaysAgainstItIsPassedOn() {
    stats.server.reply(
        request -> new Reply(400, "{\"title\":\"no\",\"detail\":\"why\",\"errors\":[]}"));
    assertThat(stats.run("-m", "p200:x")).isOne();
    assertThat(stats.failure).hasMessage("no: why");
    stats.server.close();
    assertThat(stats.run()).isOne();
    assertThat(stats.failure).hasMessageStartingWith("no Blackbox answers at ");
  }
}
