package io.puraify.blackbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lets a server die under load, one time after the other, and looks at what the next one finds.
 *
 * <p>{@code -De2e.crashes=N} sets how often, {@code -De2e.seed=N} repeats a run as far as the
 * machine's own timing lets it.
 */
class CrashTest {

  private static final int FEWEST = Crash.POINTS.size() + 4;
  private static final int CRASHES = Math.max(FEWEST, Integer.getInteger("e2e.crashes", FEWEST));

  /**
   * Everything is read after each crash, so what there is must not become too much; and among fewer
   * crashes there might be none under load.
   */
  private static final int CRASHES_A_FOLDER = 12;

  /** Senders outrun the store at times, and segments of a quarter of it begin often. */
  private static final String JOURNAL_BYTES = "8MiB";

  /** Of a day: little enough that days are rewritten under load after a few seconds. */
  private static final String COMPACT_FROM = "8000";

  @TempDir private Path folders;
  private final long seed = Long.getLong("e2e.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void everyAcknowledgedEventIsFoundOnceHoweverOftenTheServerDies() throws Exception {
    System.out.printf("%d crashes with -De2e.seed=%d%n", CRASHES, seed);
    List<Crash> crashes = crashes();
    int folderCount = Math.max(1, CRASHES / CRASHES_A_FOLDER);
    for (int i = 0; i < folderCount; i++) {
      int from = i * CRASHES / folderCount;
      int to = (i + 1) * CRASHES / folderCount;
      live(Files.createDirectory(folders.resolve("from-" + from)), crashes.subList(from, to));
    }
  }

  private List<Crash> crashes() {
    List<Crash> crashes = new ArrayList<>();
    Crash.points().forEach(point -> crashes.add(Crash.at(point, random)));
    Collections.shuffle(crashes, random);
    while (crashes.size() < CRASHES) {
      crashes.add(Crash.any(random));
    }
    return crashes;
  }

  /** Lets one server after the other die on a folder, and the last one stop. */
  private void live(Path folder, List<Crash> crashes) throws Exception {
    Setup setup =
        Setup.in(folder)
            .withFlags("--journal-max-bytes", JOURNAL_BYTES)
            .withFlags("--retention-projects", SentEvent.PASSING_PROJECT + "=1")
            .withProperty("blackbox.maintenance.every", "250")
            .withProperty("blackbox.maintenance.rest", "0")
            .withProperty("blackbox.maintenance.compact-from", COMPACT_FROM);
    Ledger ledger = new Ledger();
    List<Sender> senders =
        Arrays.stream(Sender.Kind.values())
            .map(kind -> new Sender(kind, kind.name(), ledger, new Random(random.nextLong())))
            .toList();
    for (Crash crash : crashes) {
      System.out.println(crash);
      die(setup, crash, ledger, senders);
    }
    try (ServerProcess server = ServerProcess.start(setup)) {
      assertThat(check(server, ledger)).as("%s", server).isTrue();
      assertThat(server.stop()).isZero();
    }
    assertThat(ledger.acknowledged()).isPositive();
  }

  private void die(Setup setup, Crash crash, Ledger ledger, List<Sender> senders) throws Exception {
    Setup mortal =
        crash instanceof Crash.AtPoint(String point, int passes)
            ? setup.crashingAt(point, passes)
            : setup;
    try (ServerProcess server = ServerProcess.launch(mortal)) {
      if (crash instanceof Crash.WhileStarting(long millis)) {
        Thread.sleep(millis);
        server.kill();
      } else if (server.awaitReady() && check(server, ledger)) {
        sendUntilItDies(server, crash, senders);
      }
      assertThat(server.exit()).as("%s", server).isEqualTo(ServerProcess.KILLED);
    }
  }

  /** Whether all is there; {@code false} where the server has died before it could tell. */
  private static boolean check(ServerProcess server, Ledger ledger) throws Exception {
    try (Client client = Client.of(server)) {
      client.awaitAllStored();
      client.awaitRollups();
      // Also of what retention and rewrites have done to the files, and of the crash in between.
      client.verifyAudit();
      long found = ledger.check(client);
      System.out.printf("  found %,d, acknowledged %,d%n", found, ledger.acknowledged());
      return true;
    } catch (UncheckedIOException e) {
      System.out.println("  dead before it was asked");
      return false;
    }
  }

  private static void sendUntilItDies(ServerProcess server, Crash crash, List<Sender> senders)
      throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> sending = new ArrayList<>();
      for (Sender sender : senders) {
        sending.add(
            threads.submit(() -> {
              sender.sendUntilGone(server);
              return null;
            }));
      }
      if (crash instanceof Crash.UnderLoad(long millis)) {
        Thread.sleep(millis);
        server.kill();
      }
      for (Future<?> each : sending) {
        each.get();
      }
    }
  }

  @Test
  void everyFaultPointIsAmongTheCrashes() throws IOException {
    Pattern name = Pattern.compile("\"((?:journal|duckdb|state)\\.[a-z-]+)\"");
    Set<String> points = new TreeSet<>();
    for (String module : List.of("journal", "storage/duckdb", "engine")) {
      try (Stream<Path> files = Files.walk(Checkout.root().resolve(module + "/src/main/java"))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          name.matcher(Files.readString(file)).results().forEach(it -> points.add(it.group(1)));
        }
      }
    }
    assertThat(points).containsExactlyInAnyOrderElementsOf(Crash.POINTS.keySet());
  }
}
