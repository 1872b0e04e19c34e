package io.puraify.blackbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether each alert is told, and under one key, whatever happens to the server. */
class AlertsTest {

  /** A channel is told 60 times a minute at most. */
  private static final int ALERTS = 40;

  private static final Set<Integer> KILLS = Set.of(7, 20, 33);

  @TempDir private Path folder;

  private MarkReceiver receiver;

  @BeforeEach
  void listen() throws IOException {
    receiver = new MarkReceiver();
  }

  @AfterEach
  void stopListening() {
    receiver.close();
  }

  @Test
  void eachAlertIsToldUnderOneKeyAlsoThroughKills() throws Exception {
    Setup setup = receiver.setup(folder);
    int next = 0;
    while (next < ALERTS) {
      try (ServerProcess server = ServerProcess.start(setup);
          Client client = Client.of(server)) {
        do {
          MarkReceiver.mark(client, next, "");
          next++;
        } while (next < ALERTS && !KILLS.contains(next));
        if (next < ALERTS) {
          // The alert of the last one is on its way somewhere.
          server.kill();
        } else {
          Patience.until("all are told", () -> receiver.keysByEvent().size() == ALERTS);
          assertThat(server.stop()).isZero();
        }
      } catch (UncheckedIOException e) {
        throw new AssertionError("the server went away by itself", e);
      }
    }
    assertThat(receiver.keysByEvent())
        .allSatisfy((event, keys) -> assertThat(Set.copyOf(keys)).as(event).hasSize(1));
  }
}
