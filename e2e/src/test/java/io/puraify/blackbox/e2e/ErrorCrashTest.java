package io.puraify.blackbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lets a server die in a flood of errors, which it stores as few, while grouping rules are put to
 * work and taken back, and compares what the next one has counted: in the store, in the groups, in
 * the rollups. {@link CrashTest} looks at the events themselves.
 *
 * <p>{@code -De2e.crashes=N} sets how often, {@code -De2e.seed=N} repeats a run as far as the
 * machine's own timing lets it.
 */
class ErrorCrashTest {

  private static final int FEWEST = 5;
  private static final int CRASHES = Math.max(FEWEST, Integer.getInteger("e2e.crashes", FEWEST));

  /** All that is stored is regrouped each time, so what there is must not become too much. */
  private static final int CRASHES_A_FOLDER = 10;

  private static final int MOST_LIVES = 3 * CRASHES_A_FOLDER;

  /** From when something was taken on. */
  private static final long LONGEST_LIFE_MILLIS = 1_000;

  private static final String RULES = "/monitoring/errors/rules";

  /** Parts groups, joins them, and leaves them. None makes one of two error types. */
  private static final List<String> DOCUMENTS =
      List.of(
          """
          {"fingerprints":[{"name":"by-platform","filter":"platform:(Slack OR Notion)",\
          "fingerprint":["{{ default }}","{{platform}}"]}]}\
          """,
          """
          {"fingerprints":[{"name":"by-user","filter":"platform:Stripe",\
          "fingerprint":["{{error_type}}","stripe"]}]}\
          """,
          "{}");

  /** What sends to a folder, through all servers that die on it. */
  private final class Senders {
    final List<InTurn> floods =
        IntStream.range(0, 3)
            .mapToObj(i -> new InTurn(new FloodingErrors("flood-" + i)::send))
            .toList();
    final InTurn rules = new InTurn(ErrorCrashTest.this::changeRules);

    List<InTurn> all() {
      List<InTurn> all = new ArrayList<>(floods);
      all.add(rules);
      return all;
    }

    void check(Client client) throws Exception {
      client.awaitAllStored();
      client.awaitRollups();
      client.awaitGroups();
      FloodingErrors.Counts stored = FloodingErrors.stored(client);
      assertThat(stored.allErrors())
          .as("errors in the store")
          .isBetween(
              FloodingErrors.errors(floods.stream().mapToInt(InTurn::acknowledged).sum()),
              FloodingErrors.errors(floods.stream().mapToInt(InTurn::sent).sum()));
      assertThat(FloodingErrors.grouped(client))
          .as("errors in groups, by their type")
          .isEqualTo(stored.errors());
      assertThat(client.calls("&project_id=" + FloodingErrors.PROJECT))
          .as("calls in the rollups")
          .isEqualTo(stored.events());
      client.verifyAudit();
      System.out.printf(
          "  %,d events, %,d errors in %d groups by rules of version %d%n",
          stored.events(),
          stored.allErrors(),
          FloodingErrors.byGroup(client).size(),
          version(client));
    }
  }

  @TempDir private Path folders;
  private final long seed = Long.getLong("e2e.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void groupsRollupsAndTheStoreHaveTheSameCountsHoweverOftenTheServerDies() throws Exception {
    System.out.printf("%d crashes with -De2e.seed=%d%n", CRASHES, seed);
    for (int done = 0; done < CRASHES; done += CRASHES_A_FOLDER) {
      live(
          Files.createDirectory(folders.resolve("from-" + done)),
          Math.min(CRASHES_A_FOLDER, CRASHES - done));
    }
  }

  private void live(Path folder, int crashes) throws Exception {
    Setup setup = Setup.in(folder).withFlags("--errors-store", "collapse");
    Senders senders = new Senders();
    // On a busy machine it takes further lives until the rules were changed at all.
    for (int i = 0; i < crashes || i < MOST_LIVES && senders.rules.acknowledged() == 0; i++) {
      try (ServerProcess server = ServerProcess.start(setup)) {
        try (Client client = Client.of(server)) {
          senders.check(client);
        }
        sendUntilKilled(server, senders, i % 2 == 0);
      }
    }
    try (ServerProcess server = ServerProcess.start(setup);
        Client client = Client.of(server)) {
      senders.check(client);
      assertThat(senders.rules.acknowledged()).isPositive();
      assertThat(FloodingErrors.folded(client)).as("events that stand for several").isPositive();
      assertGroupsFollowFromTheStore(client);
      senders.check(client);
      assertThat(server.stop()).isZero();
    }
  }

  /** The rules in force, put to work once more, find the same groups in what is stored. */
  private static void assertGroupsFollowFromTheStore(Client client) throws Exception {
    Map<String, Long> groups = FloodingErrors.byGroup(client);
    String rules = client.get(RULES).json().at("/in_force/rules").toString();
    Answer answer =
        client.send("PUT", RULES, BodyPublishers.ofString(rules), "Content-Type", Client.JSON);
    assertThat(answer.status()).as(answer.text()).isIn(200, 202);
    client.awaitGroups();
    assertThat(FloodingErrors.byGroup(client)).isEqualTo(groups);
  }

  private static long version(Client client) {
    Answer answer = client.get(RULES);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().at("/in_force/version").asLong();
  }

  /** Puts other rules to work, or now and then takes the newest back. */
  private boolean changeRules(Client client, int number, boolean known) {
    long version = version(client);
    boolean undo = number % 4 == 3 && version > 0;
    Answer answer =
        undo
            ? client.send(
                "POST",
                RULES + "/undo",
                BodyPublishers.ofString("{\"version\":%d}".formatted(version)),
                "Content-Type",
                Client.JSON)
            : client.send(
                "PUT",
                RULES,
                BodyPublishers.ofString(DOCUMENTS.get(number % DOCUMENTS.size())),
                "Content-Type",
                Client.JSON);
    if (answer.status() == 503) {
      answer.unavailable("journal-full");
      return false;
    }
    // A crash may have kept an undo from being answered, which is then done already.
    assertThat(answer.status())
        .as(answer.text())
        .isIn(undo ? List.of(200, 202, 409) : List.of(200, 202));
    return true;
  }

  /**
   * Kills it soon after it has taken events, or else rules: the first change of them may be under
   * way then.
   */
  private void sendUntilKilled(ServerProcess server, Senders senders, boolean rules)
      throws Exception {
    InTurn awaited = rules ? senders.rules : senders.floods.getFirst();
    int before = awaited.acknowledged();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> sending = new ArrayList<>();
      for (InTurn sender : senders.all()) {
        sending.add(
            threads.submit(() -> {
              sender.sendUntilGone(server);
              return null;
            }));
      }
      Patience.until("something is taken", () -> awaited.acknowledged() > before);
      Thread.sleep(random.nextLong(LONGEST_LIFE_MILLIS));
      server.kill();
      for (Future<?> each : sending) {
        each.get();
      }
    }
  }
}
