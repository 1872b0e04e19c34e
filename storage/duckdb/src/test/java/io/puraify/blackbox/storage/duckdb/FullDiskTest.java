package io.puraify.blackbox.storage.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Order;
import io.puraify.blackbox.core.Search;
import io.puraify.blackbox.core.StoreException;
import io.puraify.blackbox.core.TimeRange;
import io.puraify.blackbox.storage.contract.EventRows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk of its own, in memory, that gets full; only root on Linux can have one. */
class FullDiskTest {

  private static final long DAY = Micros.of(Instant.parse("2025-07-25T00:00:00Z"));
  private static final int MEGABYTES = 48;
  private static final int BATCH = 500;

  @TempDir Path mount;

  private final SplittableRandom random = new SplittableRandom(1);
  private Path folder;
  private Path filler;

  @BeforeEach
  void mount() throws Exception {
    assumeTrue(
        System.getProperty("os.name").equals("Linux") && isRoot(),
        "mounting a small disk takes Linux and root");
    run("mount", "-t", "tmpfs", "-o", "size=" + MEGABYTES + "m", "tmpfs", mount.toString());
    folder = mount.resolve("events");
    filler = mount.resolve("filler");
  }

  @AfterEach
  void unmount() throws Exception {
    if (folder != null) {
      run("umount", mount.toString());
    }
  }

  private static boolean isRoot() throws IOException {
    return Files.readString(Path.of("/proc/self/status"))
        .lines()
        .filter(line -> line.startsWith("Uid:"))
        .anyMatch(line -> line.split("\t", -1)[2].equals("0"));
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", String.join(" ", command), output).isZero();
  }

  private void fill(int megabytes) throws IOException {
    Files.write(filler, new byte[megabytes << 20]);
  }

  /** Events of about 2 KB that cannot be compressed. */
  private List<Event> events(long first) {
    List<Event> events = new ArrayList<>();
    byte[] noise = new byte[1_000];
    for (long position = first; position < first + BATCH; position++) {
      random.nextBytes(noise);
      events.add(
          Event.at(position)
              .set(Field.PROJECT_ID, "pf_1")
              .set(Field.TIMESTAMP, DAY + position)
              .set(Field.RECEIVED_AT, DAY)
              .set(Field.MESSAGE, HexFormat.of().formatHex(noise))
              .build());
    }
    return events;
  }

  private static long count(DuckDbEventStore store) {
    return store
        .search(new Search(Filter.ALL, TimeRange.ALL, Order.NEWEST_FIRST, null, Search.MAX_LIMIT))
        .items()
        .size();
  }

  /** Appends until the disk is full, and gives the batch that did not fit. */
  private List<Event> appendUntilFull(DuckDbEventStore store) {
    while (true) {
      List<Event> events = events(store.position().value());
      try {
        store.append(EventRows.batch(events));
      } catch (StoreException e) {
        assertThat(e)
            .hasMessageContaining(folder.toString())
            .hasMessageContaining("whose disk has")
            .hasMessageContaining("make room, and it goes on");
        return events;
      }
    }
  }

  @Test
  void aFullDiskIsNamedAndHealsWithoutARestart() throws Exception {
    try (var store = new DuckDbEventStore(DuckDbOptions.of(folder))) {
      store.start();
      fill(MEGABYTES - 8);
      List<Event> rejected = appendUntilFull(store);
      long stored = store.position().value();

      assertThat(stored).isEqualTo(rejected.getFirst().position()).isPositive();
      assertThat(count(store)).as("reads go on").isEqualTo(stored);
      assertThatThrownBy(() -> store.append(EventRows.batch(rejected)))
          .isInstanceOf(StoreException.class);

      Files.delete(filler);
      store.append(EventRows.batch(rejected));
      assertThat(count(store)).isEqualTo(stored + BATCH);
      assertThat(store.check().healthy()).isTrue();
      assertCrashLosesNothing(stored + BATCH);
    }
  }

  @Test
  void aCheckpointThatFindsNoRoomLeavesTheFileReadableAndHeals() throws Exception {
    try (var store = new DuckDbEventStore(DuckDbOptions.of(folder))) {
      store.start();
      for (int i = 0; i < 8; i++) {
        store.append(EventRows.batch(events(store.position().value())));
      }
      long stored = store.position().value();
      DayFile file = store.files.all().getFirst();
      fill((int) (StoreFailure.room(file.path) >> 20) - 1);

      assertThatThrownBy(() -> store.files.checkpoint(file))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("whose disk has");
      assertThat(count(store)).as("reads go on").isEqualTo(stored);

      Files.delete(filler);
      store.append(EventRows.batch(events(stored)));
      store.files.checkpoint(file);
      assertThat(count(store)).isEqualTo(stored + BATCH);
      assertCrashLosesNothing(stored + BATCH);
    }
  }

  /** Opens a copy of the files as a crash would leave them. */
  private void assertCrashLosesNothing(long events) throws IOException {
    Path copy = Files.createTempDirectory("full-disk");
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    try (var restarted = new DuckDbEventStore(DuckDbOptions.of(copy))) {
      restarted.start();
      assertThat(count(restarted)).isEqualTo(events);
      assertThat(restarted.position().value()).isEqualTo(events);
    }
    try (Stream<Path> files = Files.walk(copy).sorted((a, b) -> b.compareTo(a))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }
}
