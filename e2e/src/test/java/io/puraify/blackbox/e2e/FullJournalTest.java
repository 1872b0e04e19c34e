package io.puraify.blackbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal that has reached its bound because the event store cannot write. */
class FullJournalTest {

  private static final int EVENTS_A_REQUEST = 200;
  private static final int MOST_REQUESTS = 200;

  @TempDir private Path folder;
  private final Ledger ledger = new Ledger();
  private int number;

  @Test
  void sendersAreToldToWaitUntilTheStoreHasCaughtUp() throws Exception {
    Setup setup = Setup.in(folder).withFlags("--journal-max-bytes", "1MiB");
    try (ServerProcess server = ServerProcess.start(setup);
        Client client = Client.of(server)) {
      // No file can take the place of a folder that is not empty.
      List<Path> inTheWay =
          SentEvent.days().stream()
              .map(day -> setup.dataDir().resolve("events/%s.duckdb".formatted(day)))
              .toList();
      for (Path each : inTheWay) {
        Files.createDirectories(each.resolve("in-the-way"));
      }

      sendUntilRefused(client).unavailable("journal-full");
      Answer ready = client.get("/health/ready");
      assertThat(ready.status()).as(ready.text()).isEqualTo(503);
      assertThat(ready.json().path("checks").path("consumer.event_store").path("status").asString())
          .isEqualTo("down");
      assertThat(client.search().logs("event_id")).isEmpty();

      for (Path each : inTheWay) {
        // At once, since the server may have a file in the place of a folder that is empty.
        Files.move(each, folder.resolve(each.getFileName()));
      }
      Patience.until("events are recorded", () -> send(client).status() == 202);
      client.awaitAllStored();
      ledger.check(client);
      client.assertServerGoesOn();
    }
  }

  private Answer send(Client client) {
    List<SentEvent> events =
        IntStream.range(0, EVENTS_A_REQUEST)
            .mapToObj(i -> new SentEvent("full-" + number++, false, false))
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
    throw new AssertionError("the journal is bound to a mebibyte, and took more");
  }
}
