package io.puraify.blackbox.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.puraify.blackbox.core.Retention;
import io.puraify.blackbox.engine.collector.RedactionOptions;
import io.puraify.blackbox.engine.query.QueryLimits;
import io.puraify.blackbox.journal.Sync;
import io.puraify.blackbox.server.config.SettingInForce.Source;
import io.puraify.blackbox.server.config.Settings.Audit;
import io.puraify.blackbox.server.config.Settings.DuckDb;
import io.puraify.blackbox.server.config.Settings.Http;
import io.puraify.blackbox.server.config.Settings.JournalSettings;
import io.puraify.blackbox.server.config.Settings.Logging;
import io.puraify.blackbox.server.config.Settings.RecordingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingSourcesTest {

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("blackbox.yaml");
  }

  private Settings read(Map<String, String> variables, Map<String, String> flags) {
    return new SettingSources(file, false, variables, flags).read();
  }

  private Settings readFile(String yaml) throws IOException {
    Files.writeString(file, yaml);
    return read(Map.of(), Map.of());
  }

  @Test
  void withoutAnythingEverySettingHasItsDefault() {
    Settings settings = read(Map.of("PATH", "/bin"), Map.of());
    assertThat(settings)
        .isEqualTo(
            new Settings(
                new Http("127.0.0.1", 7070),
                Path.of("data"),
                "duckdb",
                new JournalSettings(Sync.ALWAYS, 4L << 30),
                Retention.ALL,
                new DuckDb(Runtime.getRuntime().availableProcessors(), "512MiB"),
                new QueryLimits(
                    Duration.ofSeconds(30),
                    Math.max(4, 2 * Runtime.getRuntime().availableProcessors()),
                    100),
                500,
                true,
                ErrorStoring.ALL,
                Optional.empty(),
                new Settings.Alerts(Optional.empty(), Optional.empty(), false),
                new Settings.Forwarding(Optional.empty(), false),
                new Audit(true, null, Optional.empty(), ""),
                RedactionOptions.DEFAULT,
                new RecordingSettings(true, 4L << 20, 64L << 20, 4L << 30),
                new Logging("info", Logging.Format.TEXT),
                settings.all()));
  }

  @Test
  void eachSettingSaysWhereItComesFrom() throws IOException {
    Files.writeString(
        file,
        """
        http.port: 8080
        query.max.waiting: 7
        retention.projects: {pf_2: 9}
        """);
    Settings settings =
        read(
            Map.of("BLACKBOX_HTTP_PORT", "8081", "BLACKBOX_RETENTION_DAYS", "30"),
            Map.of("http.port", "8082", "retention.projects.pf_1", "0"));

    assertThat(settings.all())
        .filteredOn(each -> each.source() != Source.DEFAULT)
        .extracting(each -> "%s=%s %s".formatted(each.name(), each.value(), each.source()))
        .containsExactly(
            "http.port=8082 FLAG",
            "retention.days=30 VARIABLE",
            "retention.projects.pf_1=0 FLAG",
            "retention.projects.pf_2=9 FILE",
            "query.max.waiting=7 FILE");
    assertThat(settings.all())
        .filteredOn(each -> each.source() != Source.DEFAULT)
        .extracting(SettingInForce::origin)
        .containsExactly(
            "--http-port",
            "BLACKBOX_RETENTION_DAYS",
            "--retention-projects",
            file + ":3",
            file + ":2");
  }

  @Test
  void everySettingIsToldWithWhatItsNumberStandsForAndWithoutSecrets() throws IOException {
    Settings settings =
        readFile(
            """
            redaction.patterns: {customer: 'C-hunter2'}
            audit.anchor.url: https://engine.example/anchor?token=hunter2
            audit.anchor.secret: hunter2
            """);

    assertThat(settings.all())
        .extracting(each -> each.setting().name())
        .contains(
            Setting.ALL.stream()
                .filter(setting -> !setting.named())
                .map(Setting::name)
                .toArray(String[]::new));
    assertThat(settings.all())
        .filteredOn(each -> each.name().equals("duckdb.threads"))
        .extracting(SettingInForce::value)
        .containsExactly(Integer.toString(Runtime.getRuntime().availableProcessors()));
    assertThat(settings.all().toString()).doesNotContain("hunter2");
    assertThat(settings.all())
        .filteredOn(each -> each.name().equals("redaction.patterns.customer"))
        .extracting(SettingInForce::value)
        .containsOnlyNulls();
  }

  @Test
  void everySettingCanBeGivenInTheFile() throws IOException {
    Settings settings =
        readFile(
            """
            # Sections and names with dots are the same.
            http:
              host: 0.0.0.0
              port: 8080
            data.dir: /var/lib/blackbox
            store: duckdb
            journal:
              sync: INTERVAL
              max.bytes: 1GiB
            retention:
              days: 30
              projects:
                pf_123: 90
                "pf.4-x": 0
            duckdb:
              threads: 3
              memory: 2GiB
            redaction:
              disabled: [card_number]
              keys:
                - employee_id
                - iban
              patterns:
                customer: 'C-[0-9]{4,8}, "x"'
            log: {level: debug, format: json}
            """);
    assertThat(settings.http()).isEqualTo(new Http("0.0.0.0", 8080));
    assertThat(settings.dataDir()).isEqualTo(Path.of("/var/lib/blackbox"));
    assertThat(settings.journal()).isEqualTo(new JournalSettings(Sync.INTERVAL, 1L << 30));
    assertThat(settings.retention())
        .isEqualTo(new Retention(30, Map.of("pf_123", 90, "pf.4-x", Retention.FOR_EVER)));
    assertThat(settings.duckDb()).isEqualTo(new DuckDb(3, "2GiB"));
    assertThat(settings.redaction().disabled()).containsExactly("card_number");
    assertThat(settings.redaction().keys()).isEqualTo(Set.of("employee_id", "iban"));
    assertThat(settings.redaction().patterns().get("customer").pattern())
        .isEqualTo("C-[0-9]{4,8}, \"x\"");
    assertThat(settings.logging()).isEqualTo(new Logging("debug", Logging.Format.JSON));
  }

  @Test
  void everySettingCanBeGivenByAVariable() {
    Settings settings =
        read(
            Map.ofEntries(
                Map.entry("BLACKBOX_HTTP_HOST", "::1"),
                Map.entry("BLACKBOX_HTTP_PORT", "0"),
                Map.entry("BLACKBOX_DATA_DIR", "elsewhere"),
                Map.entry("BLACKBOX_STORE", "duckdb"),
                Map.entry("BLACKBOX_JOURNAL_SYNC", "interval"),
                Map.entry("BLACKBOX_JOURNAL_MAX_BYTES", "2097152"),
                Map.entry("BLACKBOX_RETENTION_DAYS", "7"),
                Map.entry("BLACKBOX_RETENTION_PROJECTS_pf_1", "8"),
                Map.entry("BLACKBOX_DUCKDB_THREADS", "1"),
                Map.entry("BLACKBOX_DUCKDB_MEMORY", "64MiB"),
                Map.entry("BLACKBOX_REDACTION_DISABLED", "jwt, card_number"),
                Map.entry("BLACKBOX_REDACTION_KEYS", "iban"),
                Map.entry("BLACKBOX_REDACTION_PATTERNS_customer", "C-[${x}]\\d+"),
                Map.entry("BLACKBOX_LOG_LEVEL", "warn"),
                Map.entry("BLACKBOX_LOG_FORMAT", "json"),
                Map.entry("BLACKBOX_SERVER", "http://127.0.0.1:7070"),
                Map.entry("BLACKBOX_CONFIG", "")),
            Map.of());
    assertThat(settings.http()).isEqualTo(new Http("::1", 0));
    assertThat(settings.dataDir()).isEqualTo(Path.of("elsewhere"));
    assertThat(settings.journal()).isEqualTo(new JournalSettings(Sync.INTERVAL, 2 << 20));
    assertThat(settings.retention()).isEqualTo(new Retention(7, Map.of("pf_1", 8)));
    assertThat(settings.duckDb()).isEqualTo(new DuckDb(1, "64MiB"));
    assertThat(settings.redaction().disabled()).isEqualTo(Set.of("jwt", "card_number"));
    assertThat(settings.redaction().keys()).containsExactly("iban");
    assertThat(settings.redaction().patterns().get("customer").pattern()).isEqualTo("C-[${x}]\\d+");
    assertThat(settings.logging()).isEqualTo(new Logging("warn", Logging.Format.JSON));
  }

  @Test
  void flagsAreStrongerThanVariablesAndThoseThanTheFile() throws IOException {
    Files.writeString(file, "http: {host: file, port: 1}\nstore: duckdb\ndata.dir: file");
    Settings settings =
        read(
            Map.of("BLACKBOX_HTTP_PORT", "2", "BLACKBOX_DATA_DIR", "variable"),
            Map.of("data.dir", "flag"));
    assertThat(settings.http()).isEqualTo(new Http("file", 2));
    assertThat(settings.dataDir()).isEqualTo(Path.of("flag"));
  }

  @Test
  void anEmptySectionValueOrVariableSetsNothing() throws IOException {
    Files.writeString(file, "http:\nretention:\n  projects:\nstore:\n");
    assertThat(read(Map.of("BLACKBOX_HTTP_PORT", ""), Map.of()))
        .isEqualTo(new SettingSources(folder.resolve("none"), false, Map.of(), Map.of()).read());
    assertThat(readFile("# all of it is commented out\n").http().port()).isEqualTo(7070);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          http.prot: 1                 | 1: there is no setting 'http.prot'; did you mean http.port?
          retentoin.days: 1            | 1: there is no setting 'retentoin.days'; did you mean retention.days?
          log: {colour: red}           | 1: there is no setting 'log.colour'
          http: 7070                   | 1: 'http' is a section; settings were expected below it
          http.host: [a, b]            | 1: http.host takes a single value; a host name or an address was expected
          store: {duckdb: 1}           | 1: store takes a single value; duckdb was expected
          redaction.keys: [[a]]        | 1: redaction.keys is a list of names, and this is none
          retention.projects.pf: [1]   | 1: retention.projects.pf takes a single value; a number of days from 1 to 36500, or 0 for ever was expected
          [http.port]                  | 1: settings with their names were expected, such as http.port: 7070
          '{http.port: 1, http: {port: 2}}' | 1: http.port is given a second time
          'http: {port: 1'             | 2: expected ',' or '}', but got <stream end>
          http.port: abc               | 1: http.port is 'abc'; expected a port from 0 to 65535
          http.port: 65536             | 1: http.port is '65536'; expected a port from 0 to 65535
          http.host: a b               | 1: http.host is 'a b'; expected a host name or an address
          store: lucene                | 1: store is 'lucene'; expected duckdb
          journal.sync: often          | 1: journal.sync is 'often'; expected always or interval
          journal.max.bytes: 4 elks    | 1: journal.max.bytes is '4 elks' (no unit is called elks); expected a size of at least 1MiB, such as 512MiB or 4GiB
          journal.max.bytes: 4KiB      | 1: journal.max.bytes is '4KiB'; expected a size of at least 1MiB, such as 512MiB or 4GiB
          retention.days: -1           | 1: retention.days is '-1'; expected a number of days from 1 to 36500, or 0 for ever
          retention.projects.a: x      | 1: retention.projects.a is 'x'; expected a number of days from 1 to 36500, or 0 for ever
          duckdb.threads: many         | 1: duckdb.threads is 'many'; expected a number from 1 to 1024, or 0 for as many as there are processors
          log.level: loud              | 1: log.level is 'loud'; expected error, warn, info, debug or trace
          redaction.patterns.x: '[a'   | 1: redaction.patterns.x cannot be used; expected a regular expression of Java
          """)
  void whatIsWrongInTheFileIsSaidWithItsLine(String yaml, String problem) {
    assertThatThrownBy(() -> readFile(yaml + "\n"))
        .isInstanceOf(SettingsException.class)
        .hasMessage(file + ":" + problem);
  }

  @Test
  void aRedactionRuleThatThereIsNotIsRefusedWithTheOnesThatThereAre() {
    assertThatThrownBy(() -> readFile("redaction.disabled: [card]"))
        .hasMessageStartingWith(file + ":1: redaction.disabled is 'card' (no redaction rule is")
        .hasMessageContaining("card_number");
  }

  @Test
  void whatIsWrongWithASecretIsSaidWithoutIt() {
    assertThatThrownBy(
            () -> read(Map.of(), Map.of("audit.anchor.url", "https://h/a b?token=hunter2")))
        .hasMessage(
            "--audit-anchor-url: audit.anchor.url cannot be used; expected an http or https URL");
    assertThatThrownBy(() -> readFile("redaction.patterns: {customer: '(hunter2'}"))
        .hasMessage(
            file
                + ":1: redaction.patterns.customer cannot be used; expected a regular expression of Java");
  }

  @Test
  void badVariablesAndFlagsAreNamed() {
    assertThatThrownBy(() -> read(Map.of("BLACKBOX_HTTP_PORT", "x"), Map.of()))
        .hasMessage("BLACKBOX_HTTP_PORT: http.port is 'x'; expected a port from 0 to 65535");
    assertThatThrownBy(() -> read(Map.of("BLACKBOX_HTTP_PROT", "1"), Map.of()))
        .hasMessage(
            "BLACKBOX_HTTP_PROT: there is no setting of this name; did you mean"
                + " BLACKBOX_HTTP_PORT?");
    assertThatThrownBy(() -> read(Map.of("BLACKBOX_RETENTION_PROJECTS", "1"), Map.of()))
        .hasMessageContaining("did you mean BLACKBOX_RETENTION_PROJECTS_NAME?");
    assertThatThrownBy(() -> read(Map.of(), Map.of("http.port", "x")))
        .hasMessage("--http-port: http.port is 'x'; expected a port from 0 to 65535");
    assertThatThrownBy(() -> read(Map.of(), Map.of("retention.projects.a", "x")))
        .hasMessageStartingWith("--retention-projects: retention.projects.a is 'x'; expected");
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() throws IOException {
    Files.writeString(file, "http.prot: 1\nstore: lucene\n");
    assertThatThrownBy(() -> read(Map.of("BLACKBOX_X", "1"), Map.of("http.port", "x")))
        .message()
        .hasLineCount(4);
  }

  @Test
  void aNamedFileThatIsMissingIsAnError() {
    assertThatThrownBy(() -> new SettingSources(file, true, Map.of(), Map.of()).read())
        .hasMessage(file + ": there is no such file");
    assertThatThrownBy(() -> new SettingSources(folder, true, Map.of(), Map.of()).read())
        .hasMessageStartingWith(folder + ": it cannot be read");
  }
}
