package io.puraify.blackbox.server.cli.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.server.cli.http.FakeServer;
import io.puraify.blackbox.server.cli.http.FakeServer.Reply;
import io.puraify.blackbox.server.cli.http.FakeServer.Request;
import io.puraify.blackbox.server.cli.terminal.TestShell;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class QueryCommandTest {

  private static final String TWO =
      """
      {"logs":[
        {"event_id":"a","project_id":"pf_1","timestamp":"2025-07-25T18:45:00Z","severity":"high",
         "platform":"Notion","status":"error","duration_ms":4232,
         "message":"Failed to \\u001b[31msend\\nthe message, because the token has expired",
         "attributes":{"region":"eu","x.y":1,"x":{"z":1.50}}},
        {"event_id":"b","project_id":"pf_22","timestamp":"2025-07-25T14:01:00Z",
         "severity":"info","platform":"Slack","status":"success"}],
       "complete":true}\
      """;

  private final TestShell shell = new TestShell();
  private final StringWriter usage = new StringWriter();
  private FakeServer server;
  private Exception failure;

  @BeforeEach
  void startServer() throws IOException {
    server = new FakeServer(request -> new Reply(200, TWO));
    shell.with("BLACKBOX_SERVER", server.url());
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private int query(String... arguments) {
    return new CommandLine(new QueryCommand(shell.shell()))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setErr(new PrintWriter(usage))
        .setExecutionExceptionHandler((thrown, command, result) -> {
          failure = thrown;
          return 1;
        })
        .execute(arguments);
  }

  private String target() {
    return server.requests().getFirst().target();
  }

  @Test
  void filtersAndTimesBecomeParametersAsTheyAre() {
    assertThat(
            query(
                "status=error",
                "engine=vault,execution",
                "platform=!Slack",
                "duration_ms=>500",
                "message=token = 50% é+",
                "--since",
                "15m",
                "--to",
                "2025-07-25",
                "--order",
                "oldest"))
        .isZero();
    assertThat(target())
        .isEqualTo(
            "/monitoring/logs?status=error&engine=vault%2Cexecution&platform=%21Slack"
                + "&duration_ms=%3E500&message=token%20%3D%2050%25%20%C3%A9%2B"
                + "&since=15m&to=2025-07-25&order=oldest&limit=100");
  }

  @Test
  void whatIsNoFieldAndValueIsAnExpression() {
    assertThat(query("status:error", "region=eu", "(a OR \"b=c\")", "=x")).isZero();
    assertThat(target())
        .isEqualTo(
            "/monitoring/logs?q=status%3Aerror%20%28a%20OR%20%22b%3Dc%22%29%20%3Dx&region=eu"
                + "&limit=100");
  }

  @Test
  void intoAPipeEventsAreWrittenAsTheyCame() {
    assertThat(query()).isZero();
    assertThat(shell.out().lines()).hasSize(2);
    assertThat(shell.out())
        .startsWith("{\"event_id\":\"a\",")
        .contains("\"attributes\":{\"region\":\"eu\",\"x.y\":1,\"x\":{\"z\":1.50}}}\n");
    assertThat(shell.err()).isEmpty();
  }

  @Test
  void inATerminalTheyAreATableThatFitsIt() {
    shell.withTerminal(100).with("NO_COLOR", "1");
    assertThat(query()).isZero();
    assertThat(shell.out())
        .isEqualTo(
            """
            timestamp             severity  project_id  platform  status   duration_ms  message
            2025-07-25T18:45:00Z  high      pf_1        Notion    error           4232  Failed to �[31msend the…
            2025-07-25T14:01:00Z  info      pf_22       Slack     success
            """);
  }

  @Test
  void onlyATerminalIsColoured() {
    query("-o", "table");
    assertThat(shell.out()).doesNotContain("\u001b").contains("because the token has expired");
    shell.withTerminal(100);
    query("-o", "table");
    assertThat(shell.out())
        .contains("\u001b[31merror\u001b[0m", "\u001b[32msuccess\u001b[0m", "\u001b[31mhigh");
  }

  @ParameterizedTest
  @CsvSource({
    "auto, '', xterm, 100, true",
    "auto, 1, xterm, 100, false",
    "auto, '', dumb, 100, false",
    "auto, '', xterm, 0, false",
    "always, 1, dumb, 0, true",
    "never, '', xterm, 100, false"
  })
  void colourIsForTerminalsUnlessItIsAskedFor(
      String option, String noColor, String term, int columns, boolean coloured) {
    shell.with("NO_COLOR", noColor).with("TERM", term);
    if (columns > 0) {
      shell.withTerminal(columns);
    }
    assertThat(query("-o", "table", "--color", option)).isZero();
    assertThat(shell.out().contains("\u001b[31merror")).isEqualTo(coloured);
  }

  @Test
  void aNarrowTerminalDoesWithoutWhatIsMissedLeast() {
    shell.withTerminal(62).with("NO_COLOR", "1");
    assertThat(query()).isZero();
    assertThat(shell.out())
        .isEqualTo(
            """
            timestamp             severity  status   message
            2025-07-25T18:45:00Z  high      error    Failed to �[31msend …
            2025-07-25T14:01:00Z  info      success
            """);
  }

  @Test
  void columnsCanBeChosen() {
    assertThat(query("-o", "csv", "-c", "event_id,attributes.x.y,attributes.x.z,host,message"))
        .isZero();
    assertThat(shell.out())
        .isEqualTo(
            """
            event_id,attributes.x.y,attributes.x.z,host,message
            a,1,1.50,,"Failed to \u001b[31msend
            the message, because the token has expired"
            b,,,,
            """);
  }

  @Test
  void csvHasAllFieldsUnlessTheyAreChosen() {
    query("-o", "csv");
    assertThat(shell.out())
        .startsWith("event_id,project_id,timestamp,received_at,event_type,type,engine,")
        .contains(",\"{\"\"region\"\":\"\"eu\"\",");
  }

  @Test
  void jsonIsOneArray() {
    query("-o", "json");
    assertThat(shell.out()).startsWith("[\n{\n").contains("\n},\n{\n").endsWith("\n}\n]\n");
    server.reply(request -> new Reply(200, "{\"logs\":[],\"complete\":true}"));
    query("-o", "json");
    assertThat(shell.out()).endsWith("]\n[]\n");
  }

  /** A server with so many events. */
  private void serve(int events) {
    server.reply(request -> {
      int from = number(request, "cursor=c(\\d+)", 0);
      int to = Math.min(events, from + number(request, "limit=(\\d+)", 100));
      String logs =
          IntStream.range(from, to)
              .mapToObj("{\"event_id\":\"%d\"}"::formatted)
              .collect(Collectors.joining(","));
      String next = to < events ? ",\"next_cursor\":\"c" + to + "\"" : "";
      return new Reply(
          200, "{\"logs\":[%s]%s,\"complete\":%b}".formatted(logs, next, to == events));
    });
  }

  private static int number(Request request, String pattern, int otherwise) {
    Matcher matcher = Pattern.compile(pattern).matcher(request.target());
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : otherwise;
  }

  @ParameterizedTest
  @CsvSource({
    "--limit=100, 100, 1",
    "--limit=7000, 7000, 2",
    "--limit=0, 12345, 3",
    "--all, 12345, 3"
  })
  void pagesAreFollowedUpToTheLimit(String option, int events, int requests) {
    serve(12_345);
    assertThat(query("status=error", option)).isZero();
    assertThat(shell.out().lines().count()).isEqualTo(events);
    assertThat(shell.out().lines().distinct().count()).isEqualTo(events);
    assertThat(server.requests()).hasSize(requests);
    assertThat(server.requests())
        .allMatch(request -> request.target().startsWith("/monitoring/logs?status=error&limit="));
  }

  @Test
  void inATerminalItIsToldThatThereIsMore() {
    serve(5);
    shell.withTerminal(80);
    query("--limit", "3", "-c", "event_id");
    assertThat(shell.err()).isEqualTo("there are more than these 3; see --limit and --all\n");
    assertThat(shell.out().lines().count()).isEqualTo(4);
  }

  @Test
  void inATerminalItIsToldThatThereIsNothing() {
    serve(0);
    shell.withTerminal(80);
    assertThat(query()).isZero();
    assertThat(shell.out()).isEmpty();
    assertThat(shell.err()).isEqualTo("no events found\n");
  }

  @Test
  void aConnectionThatWasClosedMeanwhileIsMadeAgain() {
    int[] asked = {0};
    serve(6_000);
    FakeServer.Reply first = new Reply(200, "{\"logs\":[{}],\"next_cursor\":\"c5999\"}");
    server.reply(request ->
        switch (asked[0]++) {
          case 0 -> first;
          case 1 -> FakeServer.HANG_UP;
          default -> new Reply(200, "{\"logs\":[{}],\"complete\":true}");
        });
    assertThat(query("--all")).isZero();
    assertThat(shell.out()).isEqualTo("{}\n{}\n");
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void whatTheServerSaysAgainstItIsPassedOn() {
    server.reply(request ->
        new Reply(
            400,
            """
            {"type":"invalid-parameters","title":"The request cannot be understood","status":400,
             "detail":"2 parameters cannot be understood","errors":[
               {"pointer":"durtion","detail":"there is no such field; did you mean duration_ms?"},
               {"pointer":"since","detail":"'x' is not a span of time"}]}\
            """));
    assertThat(query("durtion=1", "--since", "x")).isOne();
    assertThat(failure)
        .hasMessage(
            """
            The request cannot be understood: 2 parameters cannot be understood
              durtion: there is no such field; did you mean duration_ms?
              since: 'x' is not a span of time\
            """);
    server.reply(request -> new Reply(502, "<html>Bad gateway</html>"));
    assertThat(query()).isOne();
    assertThat(failure).hasMessage("the server answered 502 <html>Bad gateway</html>");
  }

  @Test
  void aServerThatIsNotThereIsSaidSo() {
    server.close();
    assertThat(query()).isOne();
    assertThat(failure).hasMessageStartingWith("no Blackbox answers at " + server.url());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          --limit=-1          | --limit is 0 or more
          -o xml              | expected one of [TABLE, JSON, NDJSON, CSV]
          -o csv -c statsu    | there is no field 'statsu'; did you mean status?
          --server nowhere    | 'nowhere' is no address of a server
          """)
  void wrongUsageIsToldBeforeAnythingIsAsked(String arguments, String message) {
    assertThat(query(arguments.split(" ", -1))).isEqualTo(2);
    assertThat(usage.toString()).contains(message);
    assertThat(server.requests()).isEmpty();
  }
}
