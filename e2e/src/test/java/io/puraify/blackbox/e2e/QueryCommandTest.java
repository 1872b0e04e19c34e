package io.puraify.blackbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.e2e.Checkout.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code blackbox query} as a user calls it. */
class QueryCommandTest {

  private static final String EVENTS =
      """
      {"project_id":"pf_1","event_id":"a","status":"error","platform":"Slack","message":"token expired","timestamp":"2025-07-25T14:00:00Z"}
      {"project_id":"pf_1","event_id":"b","status":"success","platform":"Slack","duration_ms":842,"timestamp":"2025-07-25T14:01:00Z"}
      {"project_id":"pf_1","event_id":"c","status":"error","platform":"Notion","message":"said \\"no, never\\"","timestamp":"2025-07-25T14:02:00Z"}
      """;

  @TempDir private static Path folder;
  private static ServerProcess server;

  @BeforeAll
  static void start() throws Exception {
    server = ServerProcess.start(folder);
    try (Client client = Client.of(server)) {
      client.postStored(Client.NDJSON, EVENTS).recorded(3);
      client.postStored(Client.NDJSON, "{\"project_id\":\"many\"}\n".repeat(12_000));
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Result query(String... arguments) throws IOException, InterruptedException {
    return BlackboxCommand.run(folder, server.uri(), "query", arguments);
  }

  private static List<String> lines(String... arguments) throws IOException, InterruptedException {
    Result result = query(arguments);
    assertThat(result.exitCode()).as("%s", result).isZero();
    assertThat(result.err()).isEmpty();
    return result.out().lines().toList();
  }

  private static List<String> ids(List<String> lines) {
    return lines.stream()
        .map(line -> JsonMapper.shared().readTree(line).path("event_id").asString())
        .toList();
  }

  @Test
  void filtersFindWhatTheyFindOverHttp() throws Exception {
    assertThat(ids(lines("project_id=pf_1", "-o", "ndjson"))).containsExactly("c", "b", "a");
    assertThat(ids(lines("project_id=pf_1", "status=error", "platform=!Notion")))
        .containsExactly("a");
    assertThat(ids(lines("project_id=pf_1", "--order", "oldest", "--limit", "2")))
        .containsExactly("a", "b");
    assertThat(ids(lines("duration_ms=>500", "--from", "2025-07-25", "--to", "2025-07-26")))
        .containsExactly("b");
  }

  @Test
  void jsonIsOneArray() throws Exception {
    JsonNode events = JsonMapper.shared().readTree(query("project_id=pf_1", "-o", "json").out());
    assertThat(events.valueStream().map(event -> event.path("event_id").asString()))
        .containsExactly("c", "b", "a");
    assertThat(query("project_id=nobody", "-o", "json").out()).isEqualToIgnoringWhitespace("[]");
  }

  @Test
  void csvHasTheNamesOfTheColumnsFirstAndQuotesWhatNeedsIt() throws Exception {
    assertThat(
            lines("project_id=pf_1", "status=error", "-o", "csv", "-c", "event_id,status,message"))
        .containsExactly(
            "event_id,status,message",
            "c,error,\"said \"\"no, never\"\"\"",
            "a,error,token expired");
  }

  @Test
  void aTableIsForPeople() throws Exception {
    List<String> table = lines("project_id=pf_1", "status=error", "-o", "table");
    assertThat(table).hasSize(3);
    assertThat(table.getFirst()).startsWith("timestamp").contains("platform", "message");
    assertThat(table.get(1)).contains("Notion", "said \"no, never\"");
    assertThat(table.get(2)).contains("Slack", "token expired");
  }

  @Test
  void groupsAreMeasured() throws Exception {
    assertThat(
            run(
                    "stats",
                    "project_id=pf_1",
                    "-g",
                    "status",
                    "-m",
                    "count,max:duration_ms",
                    "-o",
                    "csv")
                .lines())
        .containsExactly("status,count,max:duration_ms", "error,2,", "success,1,842");
  }

  @Test
  void messagesHavePatterns() throws Exception {
    assertThat(run("patterns", "project_id=pf_1", "platform=Slack", "-o", "table").lines().toList())
        .hasSize(2)
        .last()
        .asString()
        .matches(" *1  100\\.00 %  █ +2025-07-25T14:00:00Z  token expired");
  }

  @Test
  void allEventsAreExportedIntoAFile() throws Exception {
    assertThat(run("export", "project_id=many").lines()).hasSize(12_000);
    Path file = folder.resolve("events.parquet");
    assertThat(run("export", "project_id=many", "--file", file.toString())).isEmpty();
    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
        .startsWith("PAR1")
        .endsWith("PAR1");
  }

  private static String run(String command, String... arguments)
      throws IOException, InterruptedException {
    Result result = BlackboxCommand.run(folder, server.uri(), command, arguments);
    assertThat(result.exitCode()).as("%s", result).isZero();
    assertThat(result.err()).isEmpty();
    return result.out();
  }

  @Test
  void allIsMoreThanAPage() throws Exception {
    assertThat(lines("project_id=many", "--all", "-o", "ndjson")).hasSize(12_000);
  }

  @Test
  void whatIsAskedWronglyIsToldWithItsPlace() throws Exception {
    Result unknown = query("platfrom=Slack");
    assertThat(unknown.exitCode()).isEqualTo(1);
    assertThat(unknown.out()).isEmpty();
    assertThat(unknown.err()).contains("platfrom", "did you mean platform?");
    Result expression = query("status:error (platform:Slack");
    assertThat(expression.exitCode()).isEqualTo(1);
    assertThat(expression.err()).contains("q: column 14: the parenthesis that opens here");
  }
}
