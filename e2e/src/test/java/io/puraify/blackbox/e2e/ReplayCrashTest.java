package io.puraify.blackbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lets a server die while pages record themselves and versions are deployed, and looks at what the
 * next one makes of it: recordings, sessions and deployments. {@link CrashTest} looks at the events
 * themselves.
 *
 * <p>{@code -De2e.crashes=N} sets how often, {@code -De2e.seed=N} repeats a run as far as the
 * machine's own timing lets it.
 */
class ReplayCrashTest {

  private static final int FEWEST = 5;
  private static final int CRASHES = Math.max(FEWEST, Integer.getInteger("e2e.crashes", FEWEST));

  /** Everything is read after each crash, so what there is must not become too much. */
  private static final int CRASHES_A_FOLDER = 10;

  private static final int MOST_LIVES = 3 * CRASHES_A_FOLDER;

  private static final long SHORTEST_LIFE_MILLIS = 100;
  private static final long LONGEST_LIFE_MILLIS = 800;

  private static final String DEPLOYED_PROJECT = "pf_deployed";
  private static final String DEPLOYMENTS = "/monitoring/deployments";

  /** What sends to a folder, through all servers that die on it. */
  private static final class Senders {
    final List<RecordedPage> pages =
        IntStream.range(0, 3).mapToObj(i -> new RecordedPage("session-" + i)).toList();
    final List<InTurn> chunks = pages.stream().map(page -> new InTurn(page::sendChunk)).toList();
    final List<InTurn> events = pages.stream().map(page -> new InTurn(page::sendEvent)).toList();
    final InTurn deployments = new InTurn(ReplayCrashTest::deploy);

    void check(Client client) throws Exception {
      client.awaitAllStored();
      for (int i = 0; i < pages.size(); i++) {
        chunks.get(i).check("chunks", pages.get(i).checkChunks(client));
        events.get(i).check("events", pages.get(i).checkEvents(client));
      }
      deployments.check("deployments", checkDeployments(client));
    }

    List<InTurn> all() {
      List<InTurn> all = new ArrayList<>(chunks);
      all.addAll(events);
      all.add(deployments);
      return all;
    }

    boolean allHeard() {
      return all().stream().allMatch(sender -> sender.acknowledged() > 0);
    }
  }

  @TempDir private Path folders;
  private final long seed = Long.getLong("e2e.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void everyAcknowledgedChunkSessionAndDeploymentIsThereOnceHoweverOftenTheServerDies()
      throws Exception {
    System.out.printf("%d crashes with -De2e.seed=%d%n", CRASHES, seed);
    for (int done = 0; done < CRASHES; done += CRASHES_A_FOLDER) {
      live(
          Files.createDirectory(folders.resolve("from-" + done)),
          Math.min(CRASHES_A_FOLDER, CRASHES - done));
    }
  }

  private void live(Path folder, int crashes) throws Exception {
    Setup setup = Setup.in(folder);
    Senders senders = new Senders();
    // On a busy machine it takes further lives until each has had an answer.
    for (int i = 0; i < crashes || i < MOST_LIVES && !senders.allHeard(); i++) {
      try (ServerProcess server = ServerProcess.start(setup)) {
        check(server, senders);
        sendUntilKilled(server, senders.all());
      }
    }
    try (ServerProcess server = ServerProcess.start(setup);
        Client client = Client.of(server)) {
      senders.check(client);
      assertThat(senders.allHeard()).as("each sender has had an answer").isTrue();
      refuseOthers(client, senders);
      senders.check(client);
      assertThat(server.stop()).isZero();
    }
  }

  private static void check(ServerProcess server, Senders senders) throws Exception {
    try (Client client = Client.of(server)) {
      senders.check(client);
    }
  }

  /** What has a number stays as it is, also where it was stored by a server that died. */
  private static void refuseOthers(Client client, Senders senders) {
    for (int i = 0; i < senders.pages.size(); i++) {
      // The last may be one that was stored, but not answered for.
      senders.pages.get(i).assertOtherChunkIsRefused(client, 0);
      senders
          .pages
          .get(i)
          .assertOtherChunkIsRefused(client, senders.chunks.get(i).acknowledged() - 1);
    }
  }

  private void sendUntilKilled(ServerProcess server, List<InTurn> senders) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> sending = new ArrayList<>();
      for (InTurn sender : senders) {
        sending.add(
            threads.submit(() -> {
              sender.sendUntilGone(server);
              return null;
            }));
      }
      Thread.sleep(random.nextLong(SHORTEST_LIFE_MILLIS, LONGEST_LIFE_MILLIS));
      server.kill();
      for (Future<?> each : sending) {
        each.get();
      }
    }
  }

  private static String deploymentId(int number) {
    return "deployment-" + number;
  }

  private static boolean deploy(Client client, int number, boolean known) {
    String deployment =
        """
        {"project_id":"%s","engine":"vault","version":"1.%d","event_id":"%s"}\
        """
            .formatted(DEPLOYED_PROJECT, number, deploymentId(number));
    Answer answer =
        client.send(
            "POST", DEPLOYMENTS, BodyPublishers.ofString(deployment), "Content-Type", Client.JSON);
    if (answer.status() == 503) {
      answer.unavailable("journal-full");
      return false;
    }
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    assertThat(answer.json().path("duplicate").asBoolean()).as(answer.text()).isEqualTo(known);
    return true;
  }

  /** Checks that the first so many deployments are listed, each once, and no other change. */
  private static int checkDeployments(Client client) {
    Answer answer = client.get(DEPLOYMENTS + "?limit=5000&project_id=" + DEPLOYED_PROJECT);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().path("complete").asBoolean(false)).isTrue();
    List<String> listed =
        answer
            .json()
            .path("deployments")
            .valueStream()
            .map(each -> each.path("id").asString(""))
            .toList();
    assertThat(listed)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, listed.size()).mapToObj(ReplayCrashTest::deploymentId).toList());
    return listed.size();
  }
}
