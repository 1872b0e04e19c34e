package io.puraify.blackbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that stop in the middle of a request. */
class StoppingClientTest {

  private static final int CONNECTIONS = 50;
  private static final int BODY_BYTES = 100_000;

  @TempDir private static Path folder;
  private static ServerProcess server;
  private static Client client;

  @BeforeAll
  static void start() throws Exception {
    server = ServerProcess.start(folder);
    client = Client.of(server);
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  /** A whole event and half of one. */
  private static String start(String project, int number) {
    return "{\"project_id\":\"%s\",\"event_id\":\"%d\"}\n{\"project_id\":"
        .formatted(project, number);
  }

  /** Sends the start of a body that is said to be much longer. */
  private static RawConnection begin(String project, int number) throws Exception {
    return new RawConnection(server.uri()).post(BODY_BYTES).write(start(project, number));
  }

  private static void awaitFound(String project) throws Exception {
    Patience.until(
        "the whole events of all are found",
        () -> client.search("project_id", project).logs("event_id").size() == CONNECTIONS);
  }

  @Test
  void whatWasWholeIsKeptOfAClientThatGoesAway() throws Exception {
    for (int i = 0; i < CONNECTIONS; i++) {
      begin("gone", i).close();
    }

    awaitFound("gone");
    client.assertServerGoesOn();
    assertThat(client.search().logs("project_id")).doesNotContain("");
  }

  @Test
  void clientsThatStallHoldUpNeitherTheirWholeEventsNorOthers() throws Exception {
    List<RawConnection> stalled = new ArrayList<>();
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        stalled.add(begin("stalled", i));
      }
      awaitFound("stalled");
      client.assertServerGoesOn();

      // Whoever goes on after all is served as if nothing had been.
      String rest = "\"stalled\"}\n";
      String padding = " ".repeat(BODY_BYTES - start("stalled", 0).length() - rest.length());
      assertThat(stalled.getFirst().write(rest).write(padding).answer()).contains(" 202 ");
    } finally {
      for (RawConnection each : stalled) {
        each.close();
      }
    }
  }

  @Test
  void aClientThatStallsForAMinuteIsDisconnected() throws Exception {
    assumeTrue(Boolean.getBoolean("e2e.long"), "it takes a minute; run with -De2e.long=true");
    try (RawConnection stalled = begin("slow", 1)) {
      stalled.awaitClosed();
    }
    client.assertServerGoesOn();
  }
}
