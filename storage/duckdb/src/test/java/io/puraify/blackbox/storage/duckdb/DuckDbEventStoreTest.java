package io.puraify.blackbox.storage.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.puraify.blackbox.core.Aggregation;
import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Grouping;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Order;
import io.puraify.blackbox.core.Position;
import io.puraify.blackbox.core.Removals;
import io.puraify.blackbox.core.Retention;
import io.puraify.blackbox.core.Sample;
import io.puraify.blackbox.core.Search;
import io.puraify.blackbox.core.StoreException;
import io.puraify.blackbox.core.TimeRange;
import io.puraify.blackbox.core.Top;
import io.puraify.blackbox.storage.contract.EventRows;
import io.puraify.blackbox.storage.contract.EventStoreContract;
import io.puraify.blackbox.storage.contract.RandomEvents;
import io.puraify.blackbox.storage.contract.RandomFilters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract, and what is DuckDB's own. */
class DuckDbEventStoreTest extends EventStoreContract {

  private static final Instant TODAY = RandomEvents.START.plus(Duration.ofDays(30));

  @TempDir Path folder;
  @TempDir Path copies;

  /** Called at the store's fault points with their names. */
  private Consumer<String> faultPoint = name -> {};

  /** Told what is removed. */
  private Removals removals = Removals.UNNOTICED;

  @Override
  protected EventStore newStore(Retention retention) {
    return new DuckDbEventStore(
        options(folder)
            .withRetention(retention)
            .withRemovals((day, events) -> removals.before(day, events))
            .withFaultPoint(name -> faultPoint.accept(name)));
  }

  /** Even the smallest days are rewritten. */
  private static DuckDbOptions options(Path folder) {
    return DuckDbOptions.of(folder).withCompactFrom(1);
  }

  private List<Event> append(int count) {
    List<Event> events =
        new RandomEvents(new SplittableRandom(count)).next(store().position().value(), count);
    store().append(EventRows.batch(events, 60));
    return events;
  }

  /** The folder as it would be after a crash at this moment. */
  private Path crashed() {
    try {
      Path copy = Files.createTempDirectory(copies, "crashed");
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Files.copy(file, copy.resolve(file.getFileName()));
        }
      }
      return copy;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static long count(EventStore store) {
    Aggregation all =
        new Aggregation(Filter.ALL, TimeRange.ALL, Grouping.NONE, List.of(), Top.byCount(1));
    return store.aggregate(all).rows().getFirst().count();
  }

  private static List<Event> all(EventStore store) {
    return store
        .search(new Search(Filter.ALL, TimeRange.ALL, Order.NEWEST_FIRST, null, Search.MAX_LIMIT))
        .items();
  }

  /** How many events the rewritten days have sorted. */
  private long sorted() {
    return ((DuckDbEventStore) store())
        .files.all().stream().mapToLong(file -> file.meta.sorted()).sum();
  }

  @Nested
  class Crashing {

    @ParameterizedTest
    @ValueSource(strings = {"duckdb.inserted", "duckdb.committed", "duckdb.position-written"})
    void aBatchIsStoredOnceWhereverTheCrashWas(String where) {
      List<Event> before = append(50);
      List<Event> batch = new RandomEvents(new SplittableRandom(1)).collapsed().next(50, 200);
      long counted = 50 + batch.stream().mapToLong(Event::count).sum();
      List<Path> crashes = new ArrayList<>();
      faultPoint =
          name -> {
            if (name.equals(where)) {
              crashes.add(crashed());
            }
          };
      store().append(EventRows.batch(batch));

      assertThat(crashes).as("the batch is of two days").hasSize(where.contains("pos") ? 1 : 2);
      for (Path crash : crashes) {
        try (EventStore restarted = new DuckDbEventStore(options(crash))) {
          restarted.start();
          restarted.append(EventRows.batch(batch));

          assertThat(restarted.position()).isEqualTo(new Position(250));
          assertThat(all(restarted))
              .doesNotHaveDuplicates()
              .hasSize(250)
              .containsAll(before)
              .containsAll(batch);
          assertThat(count(restarted)).isEqualTo(counted);
        }
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"duckdb.compacted", "duckdb.swapped"})
    void aCrashLeavesTheOldFileOrTheNew(String where) {
      List<Event> events = append(200);
      List<Path> crashes = new ArrayList<>();
      faultPoint =
          name -> {
            if (name.equals(where)) {
              crashes.add(crashed());
            }
          };
      store().maintain(TODAY);

      assertThat(crashes).hasSize(2);
      for (Path crash : crashes) {
        try (EventStore restarted = new DuckDbEventStore(options(crash))) {
          restarted.start();
          assertThat(all(restarted)).containsExactlyInAnyOrderElementsOf(events);
          restarted.maintain(TODAY);
          assertThat(all(restarted)).containsExactlyInAnyOrderElementsOf(events);
        }
        assertThat(crash).isDirectoryNotContaining("glob:**.tmp*");
      }
    }

    @Test
    void aFailureAfterTheCommitStoresNothingTwice() {
      AtomicBoolean failed = new AtomicBoolean();
      faultPoint =
          name -> {
            if (name.equals("duckdb.committed") && failed.compareAndSet(false, true)) {
              throw new IllegalStateException("as if the power was gone");
            }
          };
      List<Event> events = new RandomEvents(new SplittableRandom(2)).next(0, 100);
      assertThatThrownBy(() -> store().append(EventRows.batch(events)))
          .isInstanceOf(IllegalStateException.class);
      assertThat(store().position()).isEqualTo(Position.START);

      store().append(EventRows.batch(events));

      assertThat(all(store())).containsExactlyInAnyOrderElementsOf(events);
    }
  }

  @Nested
  class Rewriting {

    @Test
    void everyFilterMeansTheSameAfterwards() {
      List<Event> events = append(250);
      RandomFilters filters = new RandomFilters(new SplittableRandom(8), events);
      List<Filter> asked = Stream.generate(filters::next).limit(60).toList();
      List<List<Event>> before = asked.stream().map(DuckDbEventStoreTest.this::found).toList();

      store().maintain(TODAY);

      assertThat(sorted()).isEqualTo(250);
      for (int i = 0; i < asked.size(); i++) {
        assertThat(found(asked.get(i))).as("%s", asked.get(i)).isEqualTo(before.get(i));
      }
    }

    @Test
    void aDayIsRewrittenWhenItIsOverAndNotBefore() {
      append(100);
      Instant secondDay = RandomEvents.START.plus(Duration.ofHours(2));

      store().maintain(secondDay.plus(Duration.ofMinutes(59)));
      assertThat(sorted()).isZero();

      store().maintain(secondDay.plus(Duration.ofHours(1)));
      assertThat(sorted()).isBetween(1L, 99L);

      store().maintain(secondDay.plus(Duration.ofHours(25)));
      assertThat(sorted()).isEqualTo(100);
    }

    @Test
    void aDayIsRewrittenAgainAfterManyLateEvents() {
      append(100);
      store().maintain(TODAY);
      append(3);
      store().maintain(TODAY);
      assertThat(sorted()).as("few").isEqualTo(100);

      append(100);
      store().maintain(TODAY);
      assertThat(sorted()).as("many").isEqualTo(203);
    }

    @Test
    void aDayThatIsBeingFilledIsLeftAloneButATrickleHoldsNothingUp() {
      Duration rest = Duration.ofHours(1);
      append(100);
      try (var other = new DuckDbEventStore(options(crashed()).withRest(rest))) {
        other.start();
        List<Event> trickle = new RandomEvents(new SplittableRandom(1)).next(100, 5);
        other.append(EventRows.batch(trickle));
        other.maintain(TODAY);
        assertThat(other.files.all()).allSatisfy(day -> assertThat(day.meta.sorted()).isPositive());

        List<Event> many = new RandomEvents(new SplittableRandom(2)).next(105, 4_000);
        other.append(EventRows.batch(many));
        other.maintain(TODAY);
        assertThat(other.files.all())
            .allSatisfy(day -> assertThat(day.meta.sorted()).isLessThan(200));
      }
    }

    @Test
    void whatArrivesMeanwhileIsKept() {
      List<Event> events = new ArrayList<>(append(100));
      faultPoint =
          name -> {
            if (name.equals("duckdb.compacted") && events.size() < 200) {
              events.addAll(append(20));
            }
          };
      store().maintain(TODAY);

      assertThat(events).hasSize(140);
      assertThat(all(store())).containsExactlyInAnyOrderElementsOf(events);
      assertThat(sorted()).isGreaterThanOrEqualTo(100);
      reopen(Retention.ALL);
      assertThat(all(store())).containsExactlyInAnyOrderElementsOf(events);
    }

    @Test
    void readersAndTheWriterGoOnWhileFilesAreSwapped() throws Exception {
      List<Event> first = append(300);
      AtomicBoolean done = new AtomicBoolean();
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<?>> readers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          readers.add(threads.submit(() -> read(first, done)));
        }
        try {
          for (int i = 0; i < 6; i++) {
            Future<?> maintenance = threads.submit(() -> store().maintain(TODAY));
            append(100);
            maintenance.get();
          }
        } finally {
          done.set(true);
        }
        for (Future<?> reader : readers) {
          reader.get();
        }
      }
      assertThat(all(store())).hasSize(900).doesNotHaveDuplicates();
    }

    private void read(List<Event> first, AtomicBoolean done) {
      while (!done.get()) {
        assertThat(all(store())).doesNotHaveDuplicates().containsAll(first);
        assertThat(store().find(first.get(5).eventId())).isPresent();
      }
    }

    @Test
    void aFileThatCannotBeRewrittenIsLeftAsItIsAndTriedAgain() {
      List<Event> events = append(100);
      AtomicBoolean failing = new AtomicBoolean(true);
      faultPoint =
          name -> {
            if (name.equals("duckdb.compacted") && failing.get()) {
              throw new IllegalStateException("on purpose");
            }
          };
      store().maintain(TODAY);
      assertThat(sorted()).isZero();
      assertThat(all(store())).containsExactlyInAnyOrderElementsOf(events);

      failing.set(false);
      store().maintain(TODAY);
      assertThat(sorted()).isEqualTo(100);
    }
  }

  @Nested
  class Dropping {

    @Test
    void aFilePastItsTimeIsGoneFromTheDisk() {
      append(100);
      assertThat(folder).isDirectoryContaining("glob:**.duckdb");
      reopen(new Retention(1, Map.of()));

      store().maintain(TODAY);

      assertThat(folder).isDirectoryNotContaining("glob:**.duckdb*");
      assertThat(store().position()).isEqualTo(new Position(100));
    }

    @Test
    void whatIsRemovedIsAnnouncedBeforeWithItsDayAndNothingElse() {
      List<Event> events = append(200);
      List<Event> announced = new ArrayList<>();
      removals =
          (day, removed) ->
              removed.forEach(event -> {
                assertThat(Micros.day(event.timestampMicros())).isEqualTo(day);
                assertThat(store().find(event.eventId())).isPresent();
                announced.add(event);
              });
      reopen(new Retention(Retention.FOR_EVER, Map.of("pf_1", 1)));
      store().maintain(TODAY);
      List<Event> left = all(store());
      assertThat(left).isNotEmpty().noneMatch(event -> event.projectId().equals("pf_1"));
      assertThat(announced).doesNotHaveDuplicates().doesNotContainAnyElementsOf(left);
      assertThat(announced.size() + left.size()).isEqualTo(events.size());

      reopen(new Retention(1, Map.of()));
      store().maintain(TODAY);
      assertThat(folder).isDirectoryNotContaining("glob:**.duckdb*");
      assertThat(announced).containsExactlyInAnyOrderElementsOf(events);
    }

    @Test
    void whatCannotBeAnnouncedStays() {
      List<Event> events = append(100);
      removals =
          (day, removed) -> {
            throw new IllegalStateException("not now");
          };
      for (Retention retention :
          List.of(
              new Retention(1, Map.of()), new Retention(Retention.FOR_EVER, Map.of("pf_1", 1)))) {
        reopen(retention);
        store().maintain(TODAY);
        assertThat(all(store())).containsExactlyInAnyOrderElementsOf(events);
      }
    }

    @Test
    void aDayOfWhichNoEventIsLeftIsDropped() {
      append(100);
      reopen(new Retention(Retention.FOR_EVER, Map.of("pf_0", 1, "pf_1", 1, "pf_2", 1, "pf_3", 9)));

      store().maintain(TODAY);

      assertThat(folder).isDirectoryNotContaining("glob:**.duckdb*");
      reopen(Retention.ALL);
      assertThat(all(store())).isEmpty();
    }
  }

  @Nested
  class Opening {

    @Test
    void aDamagedFileIsNamedWithTheFactAndTheRemedy() throws IOException {
      append(100);
      store().close();
      Path file = folder.resolve("2025-07-24.duckdb");
      byte[] bytes = Files.readAllBytes(file);
      Arrays.fill(bytes, 0, 4_096 * 3, (byte) 7);
      Files.write(file, bytes);

      assertThatThrownBy(() -> new DuckDbEventStore(options(folder)).start())
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(file + " cannot be read: ")
          .hasMessageContaining("Restore it from a backup, or move it elsewhere");
    }

    @Test
    void aFileOfANewerVersionIsRefused() throws Exception {
      append(10);
      var files = ((DuckDbEventStore) store()).files;
      DayFile file = files.all().getFirst();
      try (var _ = files.lease(List.of(file));
          var loan = files.database().borrow()) {
        loan.execute("UPDATE " + file.schema + ".meta SET format = 99");
      }
      store().close();

      assertThatThrownBy(() -> new DuckDbEventStore(options(folder)).start())
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("it has format 99, and this version knows 4");
    }

    @Test
    void aFileOfTheFormatBeforeIsReadAndGoesOn() throws Exception {
      List<Event> events = append(100);
      var files = ((DuckDbEventStore) store()).files;
      for (DayFile file : files.all()) {
        try (var _ = files.lease(List.of(file));
            var loan = files.database().borrow()) {
          loan.execute("ALTER TABLE " + file.schema + ".events DROP COLUMN \"count\"");
          loan.execute("ALTER TABLE " + file.schema + ".meta DROP COLUMN folded");
          loan.execute("UPDATE " + file.schema + ".meta SET format = 3");
        }
      }

      reopen(Retention.ALL);
      assertThat(all(store())).containsExactlyInAnyOrderElementsOf(events);
      List<Event> more = new RandomEvents(new SplittableRandom(2)).collapsed().next(100, 100);
      store().append(EventRows.batch(more));
      reopen(Retention.ALL);
      assertThat(all(store())).hasSize(200).containsAll(events).containsAll(more);
      store().maintain(RandomEvents.START.plus(Duration.ofDays(9)));
      assertThat(all(store())).hasSize(200).containsAll(events).containsAll(more);
    }

    @Test
    void aFileThatIsNoDayIsNamed() throws IOException {
      Files.createFile(folder.resolve("july.duckdb"));

      assertThatThrownBy(() -> new DuckDbEventStore(options(folder)).start())
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("july.duckdb is not named after a day; move it out");
    }

    @Test
    void aMissingPositionIsNamed() throws IOException {
      append(10);
      store().close();
      Files.delete(folder.resolve("position"));

      assertThatThrownBy(() -> new DuckDbEventStore(options(folder)).start())
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("position is missing although there are day files beside it");
    }

    @Test
    void whatACrashLeftUnfinishedIsRemoved() throws IOException {
      List<Event> events = append(10);
      store().close();
      Files.createFile(folder.resolve("2025-07-24.duckdb.tmp"));
      Files.createFile(folder.resolve("2025-07-24.duckdb.tmp.wal"));
      Files.createFile(folder.resolve("2020-01-01.duckdb.wal"));
      Files.createDirectories(folder.resolve("spill.tmp"));
      Files.createFile(folder.resolve("spill.tmp/duckdb_temp_storage-0.tmp"));
      reopen(Retention.ALL);

      assertThat(all(store())).containsExactlyInAnyOrderElementsOf(events);
      assertThat(folder).isDirectoryNotContaining("glob:**.duckdb.tmp*");
      assertThat(folder.resolve("2020-01-01.duckdb.wal")).doesNotExist();
      assertThat(folder.resolve("spill.tmp")).isEmptyDirectory();
    }
  }

  @Test
  void aLargeSampleComesByPositions() {
    int count = 300_000;
    for (int first = 0; first < count; first += 10_000) {
      append(10_000);
    }
    for (int time = 0; time < 3; time++) {
      List<Event> read = new ArrayList<>();
      store().sample(new Sample(Filter.ALL, TimeRange.ALL, Set.of(), count, count), read::add);
      assertThat(read).hasSize(count);
      assertThat(read).isSortedAccordingTo(Comparator.comparingLong(Event::position));
    }
  }

  @Test
  void theHealthTellsEventsAndDays() {
    assertThat(store().check().detail()).isEqualTo("no events yet");
    append(1_234);
    assertThat(store().check().detail())
        .isEqualTo("1,234 events in 2 days from 2025-07-24 to 2025-07-25");
  }

  @Nested
  class Indexing {

    /** Neither of the two days is over. */
    private final Instant firstDay = RandomEvents.START;

    private long indexed() {
      return ((DuckDbEventStore) store())
          .files.all().stream().mapToLong(file -> file.needles.rows()).sum();
    }

    private Path needles() {
      return DayFolder.needles(((DuckDbEventStore) store()).files.all().getFirst().path);
    }

    /** Every event has its own trace, and some share a word. */
    private List<Event> appendTraces(int count) {
      long first = store().position().value();
      List<Event> events = new ArrayList<>();
      for (long i = first; i < first + count; i++) {
        events.add(
            Event.at(i)
                .set(Field.PROJECT_ID, "pf_" + i % 3)
                .set(Field.TIMESTAMP, Micros.of(firstDay) + i)
                .set(Field.RECEIVED_AT, Micros.of(firstDay) + i)
                .set(Field.TRACE_ID, "trace-" + i)
                .set(Field.MESSAGE, i % 5_000 == 17 ? "Disk full" : "Message sent")
                .build());
      }
      store().append(EventRows.batch(events));
      return events;
    }

    private void requireAllFound(List<Event> events) {
      for (int i = 0; i < events.size(); i += 1_777) {
        Event event = events.get(i);
        assertThat(found(trace(event.text(Field.TRACE_ID)))).containsExactly(event);
      }
      assertThat(found(trace("trace-absent"))).isEmpty();
      Filter full = new Filter.Contains(new FieldRef.Known(Field.MESSAGE), "full");
      assertThat(found(full))
          .containsExactlyInAnyOrderElementsOf(events.stream().filter(full::test).toList());
    }

    private Filter trace(String id) {
      return new Filter.In(new FieldRef.Known(Field.TRACE_ID), Set.of(id));
    }

    @Test
    void whatIsIndexedAndWhatIsNotYetIsFound() {
      List<Event> events = new ArrayList<>(appendTraces(20_000));
      store().maintain(firstDay);
      assertThat(indexed()).isEqualTo(20_000);
      events.addAll(appendTraces(5_000));
      requireAllFound(events);

      store().maintain(firstDay);
      assertThat(indexed()).isEqualTo(25_000);
      requireAllFound(events);
      reopen(Retention.ALL);
      assertThat(indexed()).isEqualTo(25_000);
      requireAllFound(events);
    }

    @Test
    void aRewrittenFileGetsAnIndexOfItsOwn() {
      List<Event> events = appendTraces(20_000);
      store().maintain(firstDay);
      store().maintain(TODAY);

      assertThat(sorted()).isEqualTo(20_000);
      requireAllFound(events);
      assertThat(indexed()).isEqualTo(20_000);
    }

    @Test
    void anIndexOfAnotherFileIsNotUsed() throws IOException {
      List<Event> events = appendTraces(20_000);
      store().maintain(firstDay);
      byte[] old = Files.readAllBytes(needles());
      store().maintain(TODAY);
      store().close();
      Files.write(needles(), old);
      reopen(Retention.ALL);

      assertThat(indexed()).isZero();
      requireAllFound(events);
      store().maintain(TODAY);
      assertThat(indexed()).isEqualTo(20_000);
      requireAllFound(events);
    }

    @Test
    void anIndexIsRemovedWithItsDay() {
      appendTraces(100);
      store().maintain(firstDay);
      Path needles = needles();
      assertThat(needles).exists();

      reopen(new Retention(1, Map.of()));
      store().maintain(TODAY);
      assertThat(needles).doesNotExist();
    }

    @Test
    void aDayThatIsBeingFilledIsIndexedInLargePieces() {
      append(10);
      try (var other = new DuckDbEventStore(options(crashed()).withRest(Duration.ofHours(1)))) {
        other.start();
        List<Event> many = new RandomEvents(new SplittableRandom(2)).next(10, 4_000);
        other.append(EventRows.batch(many));
        other.maintain(firstDay);
        assertThat(other.files.all()).allSatisfy(day -> assertThat(day.needles.rows()).isZero());
      }
    }
  }
}
