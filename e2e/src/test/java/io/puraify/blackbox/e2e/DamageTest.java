package io.puraify.blackbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of a data folder that are not as the last server has left them. */
class DamageTest {

  /** Behind the header of a segment. */
  private static final int FIRST_RECORD = 20;

  private static final int RECORDS = 3;

  @TempDir private Path folder;
  private Setup setup = Setup.in(Path.of(""));

  @BeforeEach
  void aServerHasRun() throws Exception {
    setup = Setup.in(folder);
    try (ServerProcess server = ServerProcess.start(setup);
        Client client = Client.of(server)) {
      for (int i = 0; i < RECORDS; i++) {
        String event = "{\"project_id\":\"kept\",\"event_id\":\"%d\"}".formatted(i);
        client.postStored(Client.JSON, event).recorded(1);
      }
      server.kill();
    }
  }

  private Path only(String part, String suffix) throws IOException {
    try (Stream<Path> files = Files.list(setup.dataDir().resolve(part))) {
      List<Path> found = files.filter(file -> file.toString().endsWith(suffix)).toList();
      assertThat(found).hasSize(1);
      return found.getFirst();
    }
  }

  private static void flipByte(Path file, int at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[at] ^= 0x40;
    Files.write(file, bytes);
  }

  /** The one line of a server that does not start. */
  private String refusal() throws Exception {
    try (ServerProcess server = ServerProcess.launch(setup)) {
      assertThat(server.exit()).as("%s", server).isEqualTo(1);
      assertThat(server.out()).isEmpty();
      assertThat(server.err()).hasSize(1);
      return server.err().getFirst();
    }
  }

  private void assertEverythingIsThere(ServerProcess server) throws InterruptedException {
    try (Client client = Client.of(server)) {
      assertThat(client.search("project_id", "kept").logs("event_id"))
          .containsExactlyInAnyOrder("0", "1", "2");
      client.assertServerGoesOn();
    }
  }

  @Test
  void aByteThatChangedInTheJournalIsNamedAndNotPassedOver() throws Exception {
    Path segment = only("journal", ".seg");
    flipByte(segment, FIRST_RECORD + 40);

    assertThat(refusal())
        .contains(segment + " is damaged at offset " + FIRST_RECORD)
        .contains("Restore the file from a copy. Without one, move");

    flipByte(segment, FIRST_RECORD + 40);
    try (ServerProcess server = ServerProcess.start(setup)) {
      assertEverythingIsThere(server);
    }
  }

  @Test
  void whatWasTornAtTheEndIsCutOffAndToldOf() throws Exception {
    Path segment = only("journal", ".seg");
    byte[] torn = new byte[1_234];
    torn[7] = 7;
    Files.write(segment, torn, StandardOpenOption.APPEND);

    try (ServerProcess server = ServerProcess.start(setup)) {
      assertThat(server.says(segment + " ends in bytes that a crash has kept from being written"))
          .as("%s", server)
          .isTrue();
      assertEverythingIsThere(server);
    }
  }

  @Test
  void aRemovedSegmentIsMissed() throws Exception {
    Files.delete(only("journal", ".seg"));
    assertThat(refusal()).contains("do not belong together. Restore both from the same copy");
  }

  @Test
  void aDayFileThatIsNoneIsNamed() throws Exception {
    Path day = only("events", ".duckdb");
    Files.write(day, new byte[100_000]);
    assertThat(refusal()).contains(day + " cannot be read").contains("Restore it from a backup");
  }

  @Test
  void strangeFilesAmongTheEventsAreNamed() throws Exception {
    Path strange = setup.dataDir().resolve("events/notes.duckdb");
    Files.writeString(strange, "buy milk");
    assertThat(refusal()).contains(strange + " is not named after a day; move it out");
  }
}
