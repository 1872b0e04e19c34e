package io.puraify.blackbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose disk has no room left. */
class FullDiskTest {

  private static final long DISK_BYTES = 64L << 20;
  private static final int EVENTS_A_REQUEST = 500;

  /** What is allocated or cached already takes some requests; that many would be a disk's worth. */
  private static final int MOST_REQUESTS = 1_000;

  @TempDir private Path folder;
  private final Ledger ledger = new Ledger();
  private int number;

  @Test
  void sendersWaitReadersDoNotAndWhenThereIsRoomItGoesOnByItself() throws Exception {
    Setup setup = Setup.in(folder);
    try (SmallDisk disk = new SmallDisk(setup.dataDir(), DISK_BYTES)) {
      try (ServerProcess server = ServerProcess.start(setup);
          Client client = Client.of(server)) {
        sendUntilStored(client);
        for (int round = 0; round < 2; round++) {
          disk.fill();
          Answer refusal = sendUntilRefused(client);
          refusal.unavailable("journal-unavailable");
          assertReadersAreServed(client);

          disk.free();
          sendUntilStored(client);
          ledger.check(client);
          assertThat(client.get("/health/ready").status()).isEqualTo(200);
        }
        disk.fill();
        sendUntilRefused(client);
        server.kill();
        disk.free();
      }
      assertAllIsThereAfterARestart(setup);
    }
  }

  /** The next request's answer; what is acknowledged is remembered. */
  private Answer send(Client client) {
    List<SentEvent> events =
        IntStream.range(0, EVENTS_A_REQUEST)
            .mapToObj(i -> new SentEvent("disk-" + number++, false, false))
            .toList();
    ledger.sent(events);
    String body = events.stream().map(SentEvent::line).collect(Collectors.joining());
    Answer answer = client.post(Client.NDJSON, body);
    if (answer.status() == 202) {
      ledger.acknowledged(events);
    }
    return answer;
  }

  private Answer sendUntilRefused(Client client) {
    for (int i = 0; i < MOST_REQUESTS; i++) {
      Answer answer = send(client);
      if (answer.status() != 202) {
        return answer;
      }
    }
    throw new AssertionError("the disk is full, and everything was recorded");
  }

  /** Sends until events are recorded, and waits until they can be found. */
  private void sendUntilStored(Client client) throws Exception {
    Patience.until("events are recorded", () -> send(client).status() == 202);
    client.awaitAllStored();
  }

  private static void assertReadersAreServed(Client client) {
    assertThat(client.search("project_id", SentEvent.PROJECT, "limit", "10").logs("project_id"))
        .hasSize(10);
    assertThat(client.get("/health/live").status()).isEqualTo(200);
    assertThat(client.get("/metrics").status()).isEqualTo(200);
  }

  private void assertAllIsThereAfterARestart(Setup setup) throws Exception {
    try (ServerProcess server = ServerProcess.start(setup);
        Client client = Client.of(server)) {
      sendUntilStored(client);
      ledger.check(client);
      assertThat(server.stop()).isZero();
    }
  }
}
