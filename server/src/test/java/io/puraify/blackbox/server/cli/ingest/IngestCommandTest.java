package io.puraify.blackbox.server.cli.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.puraify.blackbox.server.cli.http.FakeServer;
import io.puraify.blackbox.server.cli.http.FakeServer.Reply;
import io.puraify.blackbox.server.cli.http.FakeServer.Request;
import io.puraify.blackbox.server.cli.terminal.TestShell;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class IngestCommandTest {

  private static final Delivery.Patience SHORT =
      new Delivery.Patience(Duration.ofMillis(400), Duration.ofMillis(400));

  @TempDir private Path folder;
  private final TestShell shell = new TestShell();
  private final StringWriter usage = new StringWriter();
  private FakeServer server;
  private Exception failure;

  @BeforeEach
  void startServer() throws IOException {
    server = new FakeServer(IngestCommandTest::accept);
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  /** Takes every line but those with {@code bad} in them, as the server documents it. */
  private static Reply accept(Request request) {
    List<String> events = request.body().lines().filter(line -> !line.isBlank()).toList();
    List<String> rejected =
        IntStream.range(0, events.size())
            .filter(index -> events.get(index).contains("bad"))
            .mapToObj(index ->
                """
                {"index":%d,"pointer":"/project_id","reason":"no_project_id","detail":"missing"}\
                """
                    .formatted(index))
            .toList();
    int accepted = events.size() - rejected.size();
    if (events.isEmpty()) {
      return new Reply(400, "{\"type\":\"no-events\",\"title\":\"Nothing\",\"detail\":\"empty\"}");
    }
    if (accepted == 0) {
      return new Reply(
          400,
          "{\"type\":\"nothing-accepted\",\"title\":\"No event was accepted\",\"errors\":%s}"
              .formatted(rejected));
    }
    return new Reply(
        202,
        "{\"accepted\":%d,\"duplicates\":%d,\"rejected\":%s}"
            .formatted(accepted, request.body().contains("again") ? 1 : 0, rejected));
  }

  private int ingest(int sliceBytes, String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(List.of("--server", server.url()));
    return new CommandLine(
            new IngestCommand(shell.shell(), InstantSource.system(), sliceBytes, SHORT))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setErr(new PrintWriter(usage))
        .setExecutionExceptionHandler((thrown, command, result) -> {
          failure = thrown;
          return 1;
        })
        .execute(all.toArray(String[]::new));
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private String received() {
    return server.requests().stream().map(Request::body).sorted().collect(Collectors.joining());
  }

  private static String events(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "{\"project_id\":\"p\",\"n\":\"%04d\"}\n".formatted(i))
        .collect(Collectors.joining());
  }

  @Test
  void aFileIsSentInSlicesAndTheLastOneWaitsUntilAllIsStored() throws IOException {
    String events = events(1_000);
    assertThat(ingest(1_000, file("events.ndjson", events))).isZero();

    assertThat(received()).isEqualTo(events);
    assertThat(server.requests()).hasSizeGreaterThan(20);
    assertThat(server.requests())
        .allMatch(request -> request.method().equals("POST"))
        .allMatch(request -> request.header("Content-type").equals("application/x-ndjson"));
    assertThat(server.requests().stream().map(each -> each.header("Idempotency-key")).distinct())
        .hasSameSizeAs(server.requests());
    Request last = server.requests().getLast();
    assertThat(last.target()).isEqualTo("/monitoring/logs?wait=stored");
    assertThat(last.body()).contains("\"0999\"");
    assertThat(server.requests())
        .filteredOn(request -> request.target().equals("/monitoring/logs"))
        .hasSize(server.requests().size() - 1);
    assertThat(shell.out())
        .startsWith("1,000 events accepted (0 of them repeats), 0 rejected; 0.0 MB in ")
        .endsWith("events/s. They are safe and can be queried.\n");
    assertThat(shell.err()).isEmpty();
  }

  @Test
  void withoutWaitingTheLastSliceIsLikeTheOthers() throws IOException {
    assertThat(ingest(1_000, "--no-wait", file("events.ndjson", events(3)))).isZero();
    assertThat(server.requests())
        .singleElement()
        .extracting(Request::target)
        .isEqualTo("/monitoring/logs");
    assertThat(shell.out()).endsWith("They are safe.\n");
  }

  @ParameterizedTest
  @CsvSource({"events.ndjson, plain", "events.ndjson.gz, gzip", "events, gzip", "events.zst, zstd"})
  void compressedFilesAreRecognised(String name, String compression) throws IOException {
    String events = events(500);
    Files.write(folder.resolve(name), compressed(events, compression));
    assertThat(ingest(1_000, folder.resolve(name).toString())).isZero();
    assertThat(received()).isEqualTo(events);
  }

  private static byte[] compressed(String text, String compression) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return switch (compression) {
      case "gzip" -> twoMembers(bytes);
      case "zstd" -> Zstd.compress(bytes);
      default -> bytes;
    };
  }

  /** As {@code cat a.gz b.gz} makes it. */
  private static byte[] twoMembers(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int half = 0; half < 2; half++) {
      GZIPOutputStream gzip = new GZIPOutputStream(out);
      gzip.write(bytes, half * bytes.length / 2, bytes.length / 2);
      gzip.finish();
    }
    return out.toByteArray();
  }

  @Test
  void standardInputAndJsonArraysAreTakenToo() throws IOException {
    shell.withInput("[{\"a\":\n1},{\"b\":2}]".getBytes(StandardCharsets.UTF_8));
    assertThat(ingest(1_000, "-", file("one.json", "{\n  \"c\": 3\n}"))).isZero();
    assertThat(received()).isEqualTo("{   \"c\": 3 }\n{\"a\": 1}\n{\"b\":2}\n");
  }

  @Test
  void rejectedEventsAreNamedByTheirLines() throws IOException {
    StringBuilder text = new StringBuilder(events(100));
    text.append("\n \nbad\n").append(events(50)).append("bad\n").append(events(5));
    assertThat(ingest(300, "--rejections", "1", file("events.ndjson", text.toString()))).isOne();
    assertThat(shell.err())
        .isEqualTo(
            folder.resolve("events.ndjson") + ":103: /project_id: missing\n1 more were rejected\n");
    assertThat(shell.out()).startsWith("155 events accepted (0 of them repeats), 2 rejected;");
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 1_000})
  void slicesOfWhichNothingIsAcceptedCountToo(int sliceBytes) throws IOException {
    shell.withInput("bad 1\n\nbad 2\nbad \u001b[31m3".getBytes(StandardCharsets.UTF_8));
    assertThat(ingest(sliceBytes, "-")).isOne();
    assertThat(shell.err())
        .isEqualTo(
            """
            standard input:1: /project_id: missing
            standard input:3: /project_id: missing
            standard input:4: /project_id: missing
            """);
    assertThat(shell.out()).startsWith("0 events accepted (0 of them repeats), 3 rejected;");
  }

  @Test
  void moreRejectionsThanAnAnswerListsAreCounted() throws IOException {
    server.reply(request ->
        new Reply(
            202,
            """
            {"accepted":1,"duplicates":0,"rejected_total":1200,"rejected":[
              {"index":0,"pointer":"","reason":"not_json","detail":"what"}]}\
            """));
    assertThat(ingest(1_000, file("x.ndjson", events(1)))).isOne();
    assertThat(shell.out()).startsWith("1 events accepted (0 of them repeats), 1,200 rejected;");
    assertThat(shell.err()).endsWith("x.ndjson:1: what\n1,199 more were rejected\n");
  }

  @Test
  void repeatsAreCounted() throws IOException {
    assertThat(ingest(1_000, file("x.ndjson", "again\nagain\n"))).isZero();
    assertThat(shell.out()).startsWith("2 events accepted (1 of them repeats), 0 rejected;");
  }

  @Test
  void nothingToSendIsNoFailure() throws IOException {
    assertThat(ingest(1_000, file("empty", ""), file("blank", "\n \n"))).isZero();
    assertThat(shell.out()).startsWith("0 events accepted (0 of them repeats), 0 rejected;");
  }

  @Test
  void aBusyServerIsAskedAgainWithTheSameKey() throws IOException {
    Map<String, String> now = Map.of("Retry-After", "0");
    List<Reply> first =
        new ArrayList<>(
            List.of(new Reply(503, "{\"title\":\"full\"}", now), new Reply(429, "slow down", now)));
    server.reply(request -> first.isEmpty() ? accept(request) : first.removeFirst());
    assertThat(ingest(1_000, file("x.ndjson", events(2)))).isZero();
    assertThat(server.requests()).hasSize(3);
    assertThat(server.requests().stream().map(each -> each.header("Idempotency-key")).distinct())
        .hasSize(1);
    assertThat(shell.out()).startsWith("2 events accepted");
  }

  @Test
  void whatIsSafeAndCannotBeQueriedYetIsAskedForUntilItCan() throws IOException {
    List<String> counts =
        new ArrayList<>(List.of("\"duplicates\":0,\"pending\":\"stored\"", "\"duplicates\":2"));
    server.reply(request ->
        new Reply(202, "{\"accepted\":2,\"rejected\":[],%s}".formatted(counts.removeFirst())));
    assertThat(ingest(1_000, file("x.ndjson", events(2)))).isZero();
    assertThat(server.requests().stream().map(each -> each.header("Idempotency-key")).distinct())
        .hasSize(1);
    assertThat(counts).isEmpty();
    assertThat(shell.out()).startsWith("2 events accepted (0 of them repeats)");
  }

  @Test
  void aServerThatDoesNotStoreWhatIsSafeIsGivenUp() throws IOException {
    server.reply(_ ->
        new Reply(202, "{\"accepted\":2,\"duplicates\":0,\"rejected\":[],\"pending\":\"stored\"}"));
    assertThat(ingest(1_000, file("x.ndjson", events(2)))).isOne();
    assertThat(failure)
        .hasMessageMatching("given up after \\d s: the events are safe, but cannot be queried yet");
  }

  @Test
  void aServerThatStaysBusyIsGivenUpWithWhatItSays() throws IOException {
    server.reply(request ->
        new Reply(
            503,
            "{\"title\":\"Not now\",\"detail\":\"the journal is full\"}",
            Map.of("Retry-After", "1")));
    assertThat(ingest(1_000, file("x.ndjson", events(2)))).isOne();
    assertThat(failure).hasMessage("given up after 0 s: Not now: the journal is full");
    assertThat(shell.out()).isEmpty();
  }

  @Test
  void aLostConnectionIsMadeAgainWithTheSameKey() throws IOException {
    String events = events(200);
    List<String> lost = new ArrayList<>();
    server.reply(request -> {
      String key = request.header("Idempotency-key");
      boolean hangUp = request.body().contains("\"0100\"") && !lost.contains(key);
      lost.add(key);
      return hangUp ? FakeServer.HANG_UP : accept(request);
    });
    assertThat(ingest(1_000, "--connections", "1", file("x.ndjson", events))).isZero();
    List<Request> twice =
        server.requests().stream().filter(each -> each.body().contains("\"0100\"")).toList();
    assertThat(twice).hasSize(2);
    assertThat(twice.get(0).body()).isEqualTo(twice.get(1).body());
    assertThat(twice.get(0).header("Idempotency-key"))
        .isEqualTo(twice.get(1).header("Idempotency-key"));
    assertThat(shell.out()).startsWith("200 events accepted");
  }

  @Test
  void aServerThatGoesAwayIsGivenUpWithWhatWasAccepted() throws IOException {
    server.reply(
        request -> request.body().contains("\"0100\"") ? FakeServer.HANG_UP : accept(request));
    assertThat(ingest(1_000, "--connections", "1", file("x.ndjson", events(200)))).isOne();
    assertThat(failure).hasMessageStartingWith("given up after 0 s: no Blackbox answers at http");
    assertThat(shell.out()).endsWith("Then it failed.\n").doesNotStartWith("0 events");
  }

  @Test
  void aServerThatGoesAwayAfterItWasBusyIsGivenItsTimeToComeBack() throws IOException {
    Map<String, String> now = Map.of("Retry-After", "0");
    int[] asked = {0};
    server.reply(request -> {
      int number = asked[0]++;
      return number < 3
          ? new Reply(503, "busy", now)
          : number < 5
              ? FakeServer.HANG_UP
              : number == 5 ? new Reply(500, "", now) : accept(request);
    });
    assertThat(ingest(1_000, file("x.ndjson", events(2)))).isZero();
    assertThat(server.requests()).hasSize(7);
  }

  @Test
  void aServerThatIsNotThereIsSaidSoAtOnce() throws IOException {
    server.close();
    assertThat(ingest(1_000, file("x.ndjson", events(2)))).isOne();
    assertThat(failure)
        .hasMessage(
            "no Blackbox answers at %s (Connection refused); start one with 'blackbox serve', or"
                    .formatted(server.url())
                + " name another with --server");
    assertThat(shell.out()).isEmpty();
  }

  @Test
  void aServerThatRefusesEverythingIsNotAskedAgain() throws IOException {
    server.reply(request -> new Reply(401, "{\"title\":\"Who are you?\",\"detail\":\"No key\"}"));
    assertThat(ingest(1_000, "--connections", "1", file("x.ndjson", events(200)))).isOne();
    assertThat(failure).hasMessage("Who are you?: No key");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aFileThatIsCutOffIsAFailure() throws IOException {
    byte[] whole = compressed(events(5_000), "gzip");
    Path file = Files.write(folder.resolve("cut.gz"), Arrays.copyOf(whole, whole.length - 20));
    assertThat(ingest(1_000, file.toString())).isOne();
    assertThat(failure).hasMessage(file + " cannot be read: Unexpected end of ZLIB input stream");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          no-such-file          | there is no file no-such-file
          .                     | . is a folder; name the files in it
          - --connections 0     | --connections is 1 to 64, and --rejections is not negative
          - --format xml        | expected one of [AUTO, NDJSON, JSON]
          - --rejections x      | 'x' is not an int
          ""                    | Missing required parameter: 'FILE'
          """)
  void wrongUsageIsToldBeforeAnythingIsSent(String arguments, String message) {
    String[] split = arguments.isEmpty() ? new String[0] : arguments.split(" ", -1);
    assertThat(ingest(1_000, split)).isEqualTo(2);
    assertThat(usage.toString()).contains(message);
    assertThat(server.requests()).isEmpty();
  }
}
