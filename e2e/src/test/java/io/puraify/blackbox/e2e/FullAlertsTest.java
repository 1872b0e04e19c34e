package io.puraify.blackbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A server whose alerts have no room left, while everything else has. */
class FullAlertsTest {

  private static final long DISK_BYTES = 8L << 20;
  private static final int ALERTS = 12;
  private static final Set<String> HOOK = Set.of(MarkReceiver.HOOK);

  @TempDir private Path folder;

  /** Long enough that what is decided of a few fills what a disk has left between its pages. */
  private static final String TEXT = "x".repeat(2_000);

  private MarkReceiver receiver;

  @BeforeEach
  void listen() throws IOException {
    receiver = new MarkReceiver();
  }

  @AfterEach
  void stopListening() {
    receiver.close();
  }

  private static JsonNode dispatcher(Client client) {
    return client.get("/health/ready").json().path("checks").path("alerts.dispatcher");
  }

  @Test
  void sendersNoticeNothingAndWhenThereIsRoomEachAlertIsToldOnce() throws Exception {
    Setup setup = receiver.setup(folder, HOOK);
    Path small = folder.resolve("small");
    try (SmallDisk disk = new SmallDisk(small, DISK_BYTES)) {
      Files.createDirectories(setup.dataDir());
      Files.createSymbolicLink(
          setup.dataDir().resolve("alerts.sqlite"), small.resolve("alerts.sqlite"));
      try (ServerProcess server = ServerProcess.start(setup);
          Client client = Client.of(server)) {
        MarkReceiver.mark(client, 0, TEXT);
        Patience.until("the first one is told", () -> receiver.knows(0, HOOK));
        assertThat(dispatcher(client).path("status").asString()).isEqualTo("up");

        disk.fill();
        for (int number = 1; number < ALERTS; number++) {
          MarkReceiver.mark(client, number, TEXT);
        }
        Patience.until(
            "it is said what is wrong",
            () -> {
              JsonNode check = dispatcher(client);
              return check.path("detail").asString().contains("make room for alerts.sqlite");
            });
        assertThat(client.metric("blackbox_alerts_unstored_seconds")).isPositive();
        client.awaitAllStored();
        MarkReceiver.mark(client, ALERTS, TEXT);

        disk.free();
        Patience.until("all are told", () -> receiver.keysByEvent().size() == ALERTS + 1);
        Patience.until(
            "it is well again", () -> dispatcher(client).path("status").asString().equals("up"));
        assertThat(client.metric("blackbox_alerts_unstored_seconds")).isZero();
        assertThat(server.stop()).isZero();
      }
      try (ServerProcess server = ServerProcess.start(setup);
          Client client = Client.of(server)) {
        MarkReceiver.mark(client, ALERTS + 1, TEXT);
        Patience.until("another one is told", () -> receiver.knows(ALERTS + 1, HOOK));
        assertThat(server.stop()).isZero();
      }
    }
    assertThat(receiver.keysByEvent())
        .hasSize(ALERTS + 2)
        .allSatisfy((event, keys) -> assertThat(keys).as(event).hasSize(1));
  }
}
