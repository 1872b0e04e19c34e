package io.puraify.blackbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.e2e.Checkout.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code blackbox ingest} as a user calls it. */
class IngestCommandTest {

  /** Four events; lines 2, 4 and 6 are none, and line 5 is empty. */
  private static final String LINES =
      """
      {"project_id":"PROJECT","event_id":"1"}
      {"message":"whose?"}
      {"project_id":"PROJECT","event_id":"3"}
      not an event

      {"project_id":"PROJECT","timestamp":"yesterday"}
      {"project_id":"PROJECT","event_id":"7"}
      {"project_id":"PROJECT","event_id":"8"}
      """;

  @TempDir private static Path folder;
  private static ServerProcess server;
  private static Client client;

  @BeforeAll
  static void start() throws Exception {
    server = ServerProcess.start(folder);
    client = Client.of(server);
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  private static Result ingest(String... arguments) throws IOException, InterruptedException {
    return BlackboxCommand.run(folder, server.uri(), "ingest", arguments);
  }

  private static void assertFound(String project, String... ids) {
    assertThat(client.search("project_id", project).logs("event_id"))
        .containsExactlyInAnyOrder(ids);
  }

  @ParameterizedTest
  @CsvSource({"lines.ndjson", "lines.ndjson.gz", "lines.ndjson.zst", "lines.log"})
  void badLinesAreNamedAndTheOthersRecorded(String name) throws Exception {
    byte[] lines = LINES.replace("PROJECT", name).getBytes(StandardCharsets.UTF_8);
    Path file = folder.resolve(name);
    Files.write(
        file,
        name.endsWith(".gz") ? Gzip.of(lines) : name.endsWith(".zst") ? Zstd.of(lines) : lines);

    Result result = ingest(file.toString());

    assertThat(result.exitCode()).as("%s", result).isEqualTo(1);
    assertThat(result.out()).contains("4 events accepted").contains("3 rejected").hasLineCount(1);
    assertThat(result.err().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith(file + ":2: /project_id: project_id is missing"),
            line -> assertThat(line).startsWith(file + ":4: "),
            line -> assertThat(line).startsWith(file + ":6: /timestamp: "));
    assertFound(name, "1", "3", "7", "8");
  }

  @Test
  void anArrayIsRecordedAndSoIsASingleEvent() throws Exception {
    Path array = folder.resolve("array.json");
    Files.writeString(
        array,
        """
        [ {"project_id": "array", "event_id": "1"},
          {
            "project_id": "array",
            "event_id": "2"
          } ]
        """);
    Path one = folder.resolve("one.json");
    Files.writeString(one, "{\n \"project_id\": \"array\",\n \"event_id\": \"3\" }");

    Result result = ingest(array.toString(), one.toString());

    assertThat(result.exitCode()).as("%s", result).isZero();
    assertThat(result.out()).contains("3 events accepted").contains("0 rejected");
    assertThat(result.err()).isEmpty();
    assertFound("array", "1", "2", "3");
  }

  @Test
  void aFileThatIsSentAgainIsNotRecordedTwice() throws Exception {
    Path file = folder.resolve("again.ndjson");
    Files.writeString(file, "{\"project_id\":\"again\",\"event_id\":\"1\"}\n");

    ingest(file.toString());
    Result again = ingest(file.toString());

    assertThat(again.exitCode()).as("%s", again).isZero();
    assertThat(again.out()).contains("1 events accepted (1 of them repeats)");
    assertFound("again", "1");
  }

  @Test
  void aFileThatIsNotThereIsWrongUsage() throws Exception {
    Result result = ingest("not-there.ndjson");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("blackbox: there is no file not-there.ndjson");
  }

  @Test
  void aServerThatIsNotThereIsNamed() throws Exception {
    Path file = folder.resolve("nobody.ndjson");
    Files.writeString(file, "{\"project_id\":\"nobody\"}\n");
    Result result = ingest("--server", "http://127.0.0.1:1", file.toString());
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).startsWith("blackbox: ").contains("127.0.0.1:1").hasLineCount(1);
  }
}
