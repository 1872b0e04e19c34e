package io.puraify.blackbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether each alert is told, and under one key, whatever happens to the server. */
class AlertsTest {

  /** A channel is told 60 times a minute at most. */
  private static final int ALERTS = 30;

  /** How many were recorded when the server is killed, wherever their alerts are. */
  private static final Set<Integer> KILLS = Set.of(7, 24);

  /** The same, while the last alert is with the other sides, which have it and do not answer. */
  private static final int KILL_UNANSWERED = 15;

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
  void eachAlertIsToldOnEachChannelUnderOneKeyAlsoThroughKills() throws Exception {
    Set<String> channels = new TreeSet<>(MarkReceiver.OVER_HTTP);
    channels.add(MarkReceiver.MAIL);
    Setup setup = receiver.setup(folder, channels);
    int everything = ALERTS * channels.size();
    int next = 0;
    while (next < ALERTS) {
      try (ServerProcess server = ServerProcess.start(setup);
          Client client = Client.of(server)) {
        do {
          next++;
          if (next == KILL_UNANSWERED) {
            int before = (next - 1) * channels.size();
            Patience.until("those before are told", () -> isTold(before));
            receiver.hold();
          }
          MarkReceiver.mark(client, next, "");
        } while (next < ALERTS && next != KILL_UNANSWERED && !KILLS.contains(next));
        if (next == KILL_UNANSWERED) {
          Patience.until(
              "all have it", () -> receiver.knows(KILL_UNANSWERED, MarkReceiver.OVER_HTTP));
        }
        if (next < ALERTS) {
          // The alert of the last one is on its way somewhere.
          server.kill();
          receiver.release();
        } else {
          Patience.until("all are told", () -> isTold(everything));
          assertThat(server.stop()).isZero();
        }
      } catch (UncheckedIOException e) {
        throw new AssertionError("the server went away by itself", e);
      }
    }
    Map<String, List<String>> told = receiver.keysByEvent();
    assertThat(told).allSatisfy((event, keys) -> assertThat(Set.copyOf(keys)).as(event).hasSize(1));
    assertThat(told.values().stream().flatMap(List::stream).distinct())
        .as("a key is that of one alert on one channel")
        .hasSize(everything);
    String unanswered = MarkReceiver.event(KILL_UNANSWERED);
    assertThat(MarkReceiver.OVER_HTTP)
        .as("those who have not answered are told again")
        .allSatisfy(channel ->
            assertThat(told.get(MarkReceiver.name(channel, unanswered))).hasSizeGreaterThan(1));
  }

  private boolean isTold(int number) throws MessagingException {
    return receiver.keysByEvent().size() == number;
  }
}
