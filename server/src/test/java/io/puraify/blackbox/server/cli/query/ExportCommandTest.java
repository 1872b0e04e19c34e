package io.puraify.blackbox.server.cli.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.server.cli.http.FakeServer.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportCommandTest {

  private static final String LINES =
      IntStream.range(0, 2_500)
          .mapToObj("{\"event_id\":\"%d\",\"status\":\"error\"}%n"::formatted)
          .collect(Collectors.joining());

  @TempDir private Path folder;
  private CommandFixture export;

  @BeforeEach
  void start() throws IOException {
    export = new CommandFixture(ExportCommand::new, LINES);
  }

  @AfterEach
  void stop() {
    export.close();
  }

  @Test
  void whatTheServerSendsIsWrittenAsItIs() {
    assertThat(export.run("status:error", "engine=vault", "--since", "1h")).isZero();
    assertThat(export.target())
        .isEqualTo("/monitoring/logs/export?q=status%3Aerror&engine=vault&since=1h&format=ndjson");
    assertThat(export.shell.out()).isEqualTo(LINES);
    assertThat(export.shell.err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "events.parquet, '', parquet",
    "events.CSV, '', csv",
    "events.ndjson, '', ndjson",
    "events, '', ndjson",
    "events.csv, -o ndjson, ndjson",
    "events.json, '', ndjson",
    "events.txt, -o csv -c event_id, ndjson"
  })
  void theFormatIsThatOfTheFilesNameUnlessItIsGiven(String file, String options, String asked) {
    String[] arguments =
        Stream.concat(
                Stream.of("--file", folder.resolve(file).toString()),
                Stream.of(options.split(" ", -1)).filter(option -> !option.isEmpty()))
            .toArray(String[]::new);
    assertThat(export.run(arguments)).isZero();
    assertThat(export.target()).endsWith("format=" + asked);
    assertThat(folder.resolve(file)).isNotEmptyFile();
    assertThat(folder).isDirectoryContaining(path -> path.endsWith(file));
    assertThat(folder.resolve(file + ".part")).doesNotExist();
  }

  @Test
  void otherFormsAreMadeOfTheEvents() {
    assertThat(export.run("-o", "csv", "-c", "status,event_id")).isZero();
    assertThat(export.shell.out().lines())
        .hasSize(2_501)
        .startsWith("status,event_id", "error,0")
        .endsWith("error,2499");
    assertThat(export.run("-o", "json")).isZero();
    assertThat(export.shell.out()).contains("[\n{\n").endsWith("\n}\n]\n");
    assertThat(export.run("-o", "table", "-c", "event_id")).isZero();
    assertThat(export.shell.out()).endsWith("\n2499\n");
  }

  @Test
  void parquetIsNotForTerminals() {
    export.shell.withTerminal(80);
    assertThat(export.run("-o", "parquet")).isEqualTo(2);
    assertThat(export.usage.toString()).contains("write it into a --file");
    assertThat(export.server.requests()).isEmpty();
  }

  @Test
  void anAnswerThatBreaksOffIsNoFile() throws Exception {
    Path file = Files.writeString(folder.resolve("events.ndjson"), "what was there before");
    try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> breakOff(listening));
      String url = "http://127.0.0.1:" + listening.getLocalPort();
      assertThat(export.run("--server", url, "--file", file.toString())).isOne();
    }
    assertThat(export.failure)
        .hasMessageStartingWith("the export broke off after 5 bytes: the server closed");
    assertThat(file).hasContent("what was there before");
    assertThat(folder).isDirectoryNotContaining(path -> path.toString().endsWith(".part"));
  }

  private static void breakOff(ServerSocket listening) {
    try (Socket socket = listening.accept()) {
      while (socket.getInputStream().read() != '\n') {
        // Up to the end of the first line.
      }
      OutputStream out = socket.getOutputStream();
      out.write(
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatTheServerRefusesLeavesNoFile() {
    export.server.reply(request -> new Reply(400, "{\"title\":\"no\",\"detail\":\"why\"}"));
    Path file = folder.resolve("events.csv");
    assertThat(export.run("--file", file.toString())).isOne();
    assertThat(export.failure).hasMessage("no: why");
    assertThat(folder).isEmptyDirectory();
    export.server.close();
    assertThat(export.run()).isOne();
    assertThat(export.failure).hasMessageStartingWith("no Blackbox answers at ");
  }

  @Test
  void aFileThatCannotBeWrittenIsSaidSo() {
    assertThat(export.run("--file", folder.resolve("none/x.csv").toString())).isOne();
    assertThat(export.failure).isInstanceOf(IOException.class);
    assertThat(export.server.requests()).isEmpty();
  }
}
