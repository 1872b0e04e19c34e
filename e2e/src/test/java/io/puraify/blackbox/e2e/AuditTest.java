package io.puraify.blackbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.e2e.Checkout.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether anything that happens to the data folder is found, and nothing that is lawful. */
class AuditTest {

  private static final int EVENTS = 1_000;

  /** Of a DuckDB file: its headers come first, then blocks, each with a checksum. */
  private static final int FIRST_BLOCK = 3 * 4_096;

  private static final int BLOCK = 256 << 10;
  private static final int SOMEWHERE = 100;

  @TempDir private Path folder;

  private static void record(Client client) {
    Instant threeDaysAgo = Instant.now().minus(Duration.ofDays(3));
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < EVENTS; i++) {
      lines.append(
          "{\"project_id\":\"p\",\"event_id\":\"%d\",\"timestamp\":\"%s\",\"message\":\"m %d\"}\n"
              .formatted(i, threeDaysAgo, i));
    }
    client.postStored(Client.NDJSON, lines.toString()).recorded(EVENTS);
  }

  private Result verify(ServerProcess server) throws Exception {
    return BlackboxCommand.run(folder, server.uri(), "audit", "verify");
  }

  @Test
  void whatWasRecordedBeforeAKillIsProvenAfterwardsAlsoElsewhere() throws Exception {
    Setup setup = Setup.in(folder);
    try (ServerProcess server = ServerProcess.start(setup);
        Client client = Client.of(server)) {
      record(client);
      server.kill();
    }
    try (ServerProcess server = ServerProcess.start(setup);
        Client client = Client.of(server)) {
      client.awaitAudited(EVENTS);
      Result result = verify(server);
      assertThat(result.exitCode()).as("%s", result).isZero();
      assertThat(result.out()).startsWith("Everything holds: 1,000 events from ");
      download(server, "bundle");
      download(server, "key");
      assertThat(server.stop()).isZero();
    }
    Files.move(setup.dataDir(), folder.resolve("away"));
    Result offline =
        BlackboxCommand.run(folder, "audit", "verify", "--offline", "bundle", "--key", "key");
    assertThat(offline.exitCode()).as("%s", offline).isZero();
    assertThat(offline.out()).startsWith("Everything holds: 1,000 events from ");
  }

  private void download(ServerProcess server, String what) throws Exception {
    try (var in = server.uri().resolve("/monitoring/audit/" + what).toURL().openStream()) {
      Files.copy(in, folder.resolve(what), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Test
  void aByteThatChangedInADayFileIsFound() throws Exception {
    Setup setup = Setup.in(folder);
    try (ServerProcess server = ServerProcess.start(setup);
        Client client = Client.of(server)) {
      record(client);
      client.awaitAudited(EVENTS);
      assertThat(server.stop()).isZero();
    }
    Path day = day(setup);
    byte[] bytes = Files.readAllBytes(day);
    int found = 0;
    for (int at = FIRST_BLOCK + SOMEWHERE; at < bytes.length; at += BLOCK) {
      byte[] changed = bytes.clone();
      changed[at] ^= 1;
      Files.write(day, changed);
      found += isFound(setup, day) ? 1 : 0;
    }
    assertThat(found).as("blocks of %,d bytes", bytes.length).isPositive();
  }

  /**
   * Whether verification finds it. A block may also be one without which the file cannot be opened,
   * or one that has no event.
   */
  private boolean isFound(Setup setup, Path day) throws Exception {
    try (ServerProcess server = ServerProcess.launch(setup)) {
      if (!server.awaitReady()) {
        assertThat(server.err()).last().asString().contains(day + " cannot be read");
        return false;
      }
      Result result = verify(server);
      if (result.exitCode() == 1) {
        assertThat(result.out()).as("%s", result).startsWith("DOES NOT HOLD (");
        return true;
      }
      assertThat(result.out()).as("%s", result).startsWith("Everything holds: 1,000 events ");
      return false;
    }
  }

  private static Path day(Setup setup) throws IOException {
    try (Stream<Path> files = Files.list(setup.dataDir().resolve("events"))) {
      return files.filter(file -> file.toString().endsWith(".duckdb")).findFirst().orElseThrow();
    }
  }

  @Test
  void whatRetentionRemovesIsRecordedAndTheRestHolds() throws Exception {
    Setup setup = Setup.in(folder);
    try (ServerProcess server = ServerProcess.start(setup);
        Client client = Client.of(server)) {
      record(client);
      client.awaitAudited(EVENTS);
      assertThat(server.stop()).isZero();
    }
    Setup forgetting =
        setup.withFlags("--retention-days", "1").withProperty("blackbox.maintenance.every", "100");
    try (ServerProcess server = ServerProcess.start(forgetting);
        Client client = Client.of(server)) {
      client.postStored(Client.JSON, "{\"project_id\":\"p\",\"event_id\":\"today\"}").recorded(1);
      Patience.until(
          "the day is removed",
          () -> client.search("project_id", "p").logs("event_id").equals(List.of("today")));
      client.awaitAudited(1);
      Result result = verify(server);
      assertThat(result.exitCode()).as("%s", result).isZero();
      assertThat(result.out())
          .startsWith("Everything holds: 1 event from ")
          .contains("1,000 events removed by retention, as signed records say.");
    }
    // Somebody else's removal looks different.
    try (Stream<Path> files = Files.list(setup.dataDir().resolve("events"))) {
      for (Path file :
          files.filter(each -> each.getFileName().toString().startsWith("20")).toList()) {
        Files.delete(file);
      }
    }
    try (ServerProcess server = ServerProcess.start(setup)) {
      Result result = verify(server);
      assertThat(result.exitCode()).as("%s", result).isEqualTo(1);
      assertThat(result.out())
          .startsWith("DOES NOT HOLD (event_missing): the event at position 1000 ");
    }
  }
}
