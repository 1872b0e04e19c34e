package io.puraify.blackbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that cannot start say why in one line, and how it can be mended. */
class StartTest {

  private static final int FAILED = 1;
  private static final int USAGE = 2;

  @TempDir private Path folder;

  /** Starts a server that is not to become one, and returns what it says of it. */
  private static List<String> refusal(Setup setup, int exitCode) throws Exception {
    try (ServerProcess server = ServerProcess.launch(setup)) {
      assertThat(server.exit()).as("%s", server).isEqualTo(exitCode);
      assertThat(server.out()).isEmpty();
      return server.err();
    }
  }

  @Test
  void aSecondOneOnAFolderNamesTheFirstOne() throws Exception {
    try (ServerProcess first = ServerProcess.start(folder);
        Client client = Client.of(first)) {
      assertThat(refusal(Setup.in(folder), FAILED))
          .singleElement()
          .asString()
          .contains(folder.resolve("data") + " is in use by the process with pid " + first.pid())
          .contains("Stop that one first, or choose another folder");
      client.assertServerGoesOn();
    }
  }

  @Test
  void onePortIsForOneServer() throws Exception {
    try (ServerProcess first = ServerProcess.start(folder);
        Client client = Client.of(first)) {
      int port = first.uri().getPort();
      Setup second =
          Setup.in(Files.createDirectory(folder.resolve("second")))
              .withFlags("--http-port", Integer.toString(port));
      assertThat(refusal(second, FAILED))
          .singleElement()
          .asString()
          .contains("cannot listen on 127.0.0.1:" + port)
          .contains("--http-port");
      client.assertServerGoesOn();
    }
  }

  @Test
  void aFolderThatCannotBeOneIsNamed() throws Exception {
    Files.writeString(folder.resolve("data"), "in the way");
    assertThat(refusal(Setup.in(folder), FAILED))
        .singleElement()
        .asString()
        .contains(folder.resolve("data").toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --http-port         | many      | http.port
          --journal-sync      | sometimes | journal.sync
          --journal-max-bytes | 7         | journal.max.bytes
          --retention-days    | -1        | retention.days
          --log-level         | loud      | log.level
          --store             | paper     | store
          --http-prot         | 7070      | --http-prot
          """)
  void aWrongFlagIsNamed(String flag, String value, String name) throws Exception {
    assertThat(refusal(Setup.in(folder).withFlags(flag, value), USAGE))
        .anySatisfy(line -> assertThat(line).startsWith("blackbox: ").contains(name));
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void everythingThatIsWrongIsNamedAtOnceWithItsPlace() throws Exception {
    Files.writeString(folder.resolve("blackbox.yaml"), "http:\n  prot: 7070\n");
    Setup setup =
        Setup.in(folder)
            .withVariable("BLACKBOX_JOURNAL_SYNC", "often")
            .withVariable("BLACKBOX_HTTP_HOTS", "localhost")
            .withFlags("--log-format", "xml");
    List<String> lines = refusal(setup, USAGE);
    assertThat(lines)
        .anySatisfy(line -> assertThat(line).contains("blackbox.yaml:2", "http.prot", "http.port"))
        .anySatisfy(line -> assertThat(line).contains("BLACKBOX_JOURNAL_SYNC", "often", "interval"))
        .anySatisfy(line -> assertThat(line).contains("BLACKBOX_HTTP_HOTS", "BLACKBOX_HTTP_HOST"))
        .anySatisfy(line -> assertThat(line).contains("--log-format", "xml", "json"))
        .hasSize(4);
  }

  @Test
  void aSettingsFileThatIsNamedMustBeThere() throws Exception {
    assertThat(refusal(Setup.in(folder).withFlags("--config", "not-there.yaml"), USAGE))
        .singleElement()
        .asString()
        .contains("not-there.yaml");
  }

  @Test
  void flagsAreStrongerThanVariablesAndThoseThanTheFile() throws IOException, InterruptedException {
    Files.writeString(
        folder.resolve("blackbox.yaml"), "journal.max.bytes: 16MiB\nlog.format: json");
    Setup setup =
        Setup.in(folder)
            .withVariable("BLACKBOX_JOURNAL_MAX_BYTES", "8MiB")
            .withVariable("BLACKBOX_HTTP_PORT", "1")
            .withFlags("--http-port", "0");
    try (ServerProcess server = ServerProcess.start(setup);
        Client client = Client.of(server)) {
      assertThat(client.metric("blackbox_journal_limit_bytes")).isEqualTo(8 << 20);
    }
  }
}
