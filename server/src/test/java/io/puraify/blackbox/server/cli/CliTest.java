package io.puraify.blackbox.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.core.Problem;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.core.StoreException;
import io.puraify.blackbox.journal.JournalException;
import io.puraify.blackbox.server.cli.terminal.TestShell;
import io.puraify.blackbox.server.config.Settings;
import io.puraify.blackbox.server.config.Settings.Http;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CliTest {

  private final TestShell shell = new TestShell();
  private final List<Settings> started = new ArrayList<>();
  private final List<String> story = new ArrayList<>();

  /** A server that notes when it is closed. */
  private RunningServer start(Settings settings) {
    started.add(settings);
    story.add("started");
    return new RunningServer() {
      @Override
      public URI uri() {
        return URI.create("http://127.0.0.1:4711");
      }

      @Override
      public void close() {
        story.add("closed");
      }
    };
  }

  private int run(String... arguments) {
    return run(this::start, arguments);
  }

  /** Somebody asks it to stop before it has begun. */
  private int run(ServerStarter starter, String... arguments) {
    return new Cli(shell.shell(), starter, InstantSource.system(), () -> new CountDownLatch(0))
        .run(arguments);
  }

  @Test
  void withoutACommandTheyAreListed() {
    assertThat(run()).isEqualTo(2);
    assertThat(shell.err()).contains("serve ", "demo ", "ingest ", "query ");
    assertThat(shell.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve",
        "demo",
        "ingest",
        "query",
        "tail",
        "stats",
        "patterns",
        "export",
        "alerts",
        "alerts explain",
        "alerts ack",
        "alerts resolve",
        "alerts silence",
        "alerts unsilence",
        "alerts notifications",
        "alerts inbox",
        "policies",
        "policies list",
        "policies show",
        "policies test",
        "policies put",
        "policies remove",
        "channels",
        "channels list",
        "channels test",
        "errors",
        "errors explain",
        "audit",
        "audit verify"
      })
  void eachCommandExplainsItselfWithExamplesAndExitCodes(String command) {
    assertThat(run((command + " --help").split(" ", -1))).isZero();
    assertThat(shell.out())
        .startsWith("Usage: blackbox " + command)
        .contains("Exit code: ", "Examples:", "--help");
    assertThat(shell.out().lines()).allMatch(line -> line.length() <= 100);
    assertThat(run((command + " --version").split(" ", -1))).isZero();
    assertThat(shell.out()).contains("\nBlackbox ");
  }

  @Test
  void theHelpOfServeHasEverySetting() {
    run("serve", "--help");
    assertThat(shell.out())
        .contains("--http-port=PORT")
        .contains("--retention-projects=NAME=DAYS")
        .contains("--redaction-patterns=NAME=REGEX")
        .contains("--log-format=text|json");
  }

  @Test
  void serveSaysOneLineWhenItIsReadyAndStopsCleanly() {
    assertThat(run("serve")).isZero();
    assertThat(shell.out()).isEqualTo("Blackbox is ready at http://127.0.0.1:4711\n");
    assertThat(shell.err()).isEmpty();
    assertThat(story).containsExactly("started", "closed");
  }

  @Test
  void serveTakesSettingsFromEverywhere(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("my.yaml"), "http: {host: '::1', port: 1}");
    shell.with("BLACKBOX_CONFIG", file.toString()).with("BLACKBOX_STORE", "duckdb");
    assertThat(
            run(
                "serve",
                "--http-port=0",
                "--retention-projects",
                "pf.1=30",
                "--retention-projects=b=7",
                "--redaction-keys",
                "iban,name",
                "--redaction-patterns",
                "x=a=[b,]"))
        .isZero();
    Settings settings = started.getFirst();
    assertThat(settings.http()).isEqualTo(new Http("::1", 0));
    assertThat(settings.retention().projectDays()).isEqualTo(Map.of("pf.1", 30, "b", 7));
    assertThat(settings.redaction().keys()).containsExactlyInAnyOrder("iban", "name");
    assertThat(settings.redaction().patterns().get("x").pattern()).isEqualTo("a=[b,]");
  }

  @Test
  void aFileThatIsNamedAndMissingIsWrongUsage() {
    assertThat(run("serve", "--config", "no-such.yaml")).isEqualTo(2);
    assertThat(shell.err()).isEqualTo("blackbox: no-such.yaml: there is no such file\n");
    assertThat(started).isEmpty();
  }

  @Test
  void everythingThatIsWrongWithSettingsIsListedWithoutAStackTrace() {
    shell.with("BLACKBOX_LOG_LEVLE", "debug");
    assertThat(run("serve", "--http-port", "x")).isEqualTo(2);
    assertThat(shell.err())
        .isEqualTo(
            """
            blackbox: BLACKBOX_LOG_LEVLE: there is no setting of this name; did you mean BLACKBOX_LOG_LEVEL?
            blackbox: --http-port: http.port is 'x'; expected a port from 0 to 65535
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          srve              | blackbox: Unmatched argument at index 0: 'srve'
          srve              | Did you mean: blackbox serve?
          serve --http-prot | Possible solutions: --http-host, --http-port
          ingest            | Try 'blackbox ingest --help'.
          """)
  void wrongUsageIsToldWithAWayOut(String arguments, String message) {
    assertThat(run(arguments.split(" ", -1))).isEqualTo(2);
    assertThat(shell.err()).contains(message).doesNotContain("\tat ");
    assertThat(shell.out()).isEmpty();
  }

  static Stream<Arguments> expectedFailures() {
    return Stream.of(
        Arguments.of(new JournalException("data is in use by 17", null), "data is in use by 17"),
        Arguments.of(new StoreException("day file damaged"), "day file damaged"),
        Arguments.of(new UncheckedIOException(new IOException("no room")), "no room"),
        Arguments.of(
            new ProblemException(
                new Problem(
                    400, "t", "Title", "detail", List.of(new Problem.Item(null, "q", "why")))),
            "Title: detail\n  q: why"));
  }

  @ParameterizedTest
  @MethodSource("expectedFailures")
  void whatCanHappenIsToldWithoutAStackTrace(RuntimeException failure, String message) {
    ServerStarter starter =
        settings -> {
          throw failure;
        };
    assertThat(run(starter, "serve")).isOne();
    assertThat(shell.err()).startsWith("blackbox: ").contains(message).doesNotContain("\tat ");
    assertThat(run(starter, "serve", "--verbose")).isOne();
    assertThat(shell.err()).contains("\tat " + CliTest.class.getName());
  }

  @Test
  void whatMustNotHappenIsToldWithItsStackTrace() {
    ServerStarter starter =
        settings -> {
          throw new IllegalStateException("a bug");
        };
    assertThat(run(starter, "serve")).isOne();
    assertThat(shell.err()).contains("IllegalStateException: a bug", "\tat ");
  }
}
