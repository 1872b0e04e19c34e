package io.puraify.blackbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a server ends when it is told to, and what is there afterwards. */
class StopTest {

  /** The exit code of a process that SIGTERM has ended. */
  private static final int TERMINATED = 128 + 15;

  private static final String FIRST = "{\"project_id\":\"slow\",\"event_id\":\"first\"}\n";
  private static final String SECOND = "{\"project_id\":\"slow\",\"event_id\":\"second\"}\n";

  @TempDir private Path folder;

  /** Begins a request that is not finished yet, and waits until its first event is found. */
  private static RawConnection begin(ServerProcess server, int bytes) throws Exception {
    RawConnection connection = new RawConnection(server.uri()).post(bytes).write(FIRST);
    try (Client client = Client.of(server)) {
      Patience.until(
          "the first event is found",
          () -> client.search("project_id", "slow").logs("event_id").size() == 1);
    }
    return connection;
  }

  private static void awaitNoMoreConnections(ServerProcess server) throws Exception {
    Patience.until(
        "no more connections are taken",
        () -> {
          try (RawConnection _ = new RawConnection(server.uri())) {
            return false;
          } catch (ConnectException refused) {
            return true;
          }
        });
  }

  @Test
  void requestsAtHandAreFinishedAndItEndsWith0() throws Exception {
    try (ServerProcess server = ServerProcess.start(folder);
        RawConnection connection = begin(server, FIRST.length() + SECOND.length())) {
      server.askToStop();
      awaitNoMoreConnections(server);
      assertThat(connection.write(SECOND).answer())
          .contains("HTTP/1.1 202 ")
          .contains("\"accepted\":2");

      assertThat(server.exit()).as("%s", server).isZero();
      assertThat(server.out())
          .as("the ready line and nothing else")
          .containsExactly("Blackbox is ready at " + server.uri());
      assertFound("first", "second");
    }
  }

  private void assertFound(String... ids) throws IOException, InterruptedException {
    try (ServerProcess server = ServerProcess.start(folder);
        Client client = Client.of(server)) {
      assertThat(client.search("project_id", "slow").logs("event_id"))
          .containsExactlyInAnyOrder(ids);
    }
  }

  @Test
  void aClientThatStallsDoesNotKeepItFromStopping() throws Exception {
    try (ServerProcess server = ServerProcess.start(folder);
        RawConnection _ = begin(server, 1_000_000)) {
      assertThat(server.stop()).as("%s", server).isZero();
      assertFound("first");
    }
  }

  @Test
  void aSecondSignalEndsItAtOnce() throws Exception {
    try (ServerProcess server = ServerProcess.start(folder);
        RawConnection _ = begin(server, 1_000_000)) {
      server.askToStop();
      awaitNoMoreConnections(server);
      server.askToStop();
      assertThat(server.exit()).as("%s", server).isEqualTo(TERMINATED);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void repeatsAreKnownAgainAfterARestart(boolean killed) throws Exception {
    List<String> lines =
        List.of(
            "{\"project_id\":\"a\",\"event_id\":\"1\"}",
            "{\"project_id\":\"a\",\"event_id\":\"2\"}",
            "{\"project_id\":\"a\"}");
    String body = String.join("\n", lines);
    Setup setup = Setup.in(folder);
    try (ServerProcess server = ServerProcess.start(setup);
        Client client = Client.of(server)) {
      client.post(Client.NDJSON, body, "Idempotency-Key", "k").recorded(3);
      if (killed) {
        server.kill();
      } else {
        assertThat(server.stop()).isZero();
      }
    }
    try (ServerProcess server = ServerProcess.start(setup);
        Client client = Client.of(server)) {
      Answer again = client.postStored(Client.NDJSON, body, "Idempotency-Key", "k").recorded(3);
      assertThat(again.json().path("duplicates").asInt()).isEqualTo(3);
      client.postStored(Client.JSON, "{\"project_id\":\"b\",\"event_id\":\"1\"}").recorded(1);
      client.awaitAllStored();
      assertThat(client.search("project_id", "a").logs("event_id"))
          .containsExactlyInAnyOrder("1", "2", "k/2");
      assertThat(client.search("project_id", "b").logs("event_id")).containsExactly("1");
    }
  }
}
