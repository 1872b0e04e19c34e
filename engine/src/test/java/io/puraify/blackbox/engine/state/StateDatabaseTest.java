package io.puraify.blackbox.engine.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.puraify.blackbox.core.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDatabaseTest {

  private static final StateSchema NUMBERS =
      StateSchema.of("numbers", "CREATE TABLE numbers (n BIGINT NOT NULL, PRIMARY KEY (n))");

  @TempDir private Path folder;
  private StateDatabase state = database(NUMBERS);

  private StateDatabase database(StateSchema... schemas) {
    return new StateDatabase(StateOptions.of(Path.of("unused"), schemas));
  }

  private StateDatabase open(StateSchema... schemas) {
    state.close();
    state = new StateDatabase(StateOptions.of(folder.resolve("state.sqlite"), schemas));
    state.start();
    return state;
  }

  @AfterEach
  void close() {
    state.close();
  }

  private static List<Long> numbers(StateDatabase state) {
    return state.read(
        handle -> handle.select("SELECT n FROM numbers ORDER BY n").mapTo(Long.class).list());
  }

  private static void add(StateDatabase state, long n) {
    state.change(handle -> handle.execute("INSERT INTO numbers VALUES (?)", n));
  }

  @Test
  void whatIsWrittenIsThereAfterTheNextStart() {
    add(open(NUMBERS), 7);

    assertThat(numbers(open(NUMBERS))).containsExactly(7L);
    assertThat(state.check().healthy()).isTrue();
    assertThat(state.bytes()).isPositive();
  }

  @Test
  void aChangeThatFailsHasNoEffectAndTheNextOneHas() {
    open(NUMBERS);

    assertThatThrownBy(() ->
            state.change(handle -> {
              handle.execute("INSERT INTO numbers VALUES (1)");
              throw new IllegalArgumentException("no");
            }))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() ->
            state.change(handle -> {
              handle.execute("INSERT INTO numbers VALUES (2)");
              handle.execute("INSERT INTO numbers VALUES (2)");
            }))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("cannot write " + folder.resolve("state.sqlite"));
    add(state, 3);

    assertThat(numbers(state)).containsExactly(3L);
  }

  @Test
  void readersCannotWrite() {
    open(NUMBERS);

    assertThatThrownBy(() -> state.read(handle -> handle.execute("INSERT INTO numbers VALUES (1)")))
        .isInstanceOf(StateException.class);
    assertThat(numbers(state)).isEmpty();
  }

  @Test
  void readersGoOnBesideAWriterAndSeeWhatIsCommitted() throws Exception {
    open(NUMBERS);
    add(state, 1);
    CountDownLatch written = new CountDownLatch(1);
    CountDownLatch seen = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> writer =
          threads.submit(() ->
              state.change(handle -> {
                handle.execute("INSERT INTO numbers VALUES (2)");
                written.countDown();
                await(seen);
              }));
      await(written);
      assertThat(numbers(state)).containsExactly(1L);
      seen.countDown();
      writer.get(120, TimeUnit.SECONDS);
    }

    assertThat(numbers(state)).containsExactly(1L, 2L);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(120, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void laterStatementsAreAppliedToTablesThatAreThere() {
    add(open(NUMBERS), 1);
    StateSchema grown =
        new StateSchema(
            "numbers",
            List.of(
                NUMBERS.statements().getFirst(),
                "ALTER TABLE numbers ADD COLUMN name TEXT",
                "UPDATE numbers SET name = 'one'"));

    open(grown);
    open(grown);

    String name =
        state.read(handle -> handle.select("SELECT name FROM numbers").mapTo(String.class).one());
    assertThat(name).isEqualTo("one");
    assertThatThrownBy(() -> open(NUMBERS))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("state.sqlite was written by another version of Blackbox")
        .hasMessageContaining("3 statements, of which this version knows 1");
    assertThatThrownBy(this::open)
        .isInstanceOf(StateException.class)
        .hasMessageContaining("it has tables of numbers");
    assertThatThrownBy(() -> open(StateSchema.of("numbers", "CREATE TABLE numbers (n TEXT)")))
        .isInstanceOf(StateException.class);
  }

  @Test
  void aFailedStatementLeavesTheTablesAsTheyWere() {
    open(NUMBERS);
    StateSchema broken =
        new StateSchema(
            "numbers",
            List.of(
                NUMBERS.statements().getFirst(), "CREATE TABLE more (n BIGINT)", "CREATE nothing"));

    assertThatThrownBy(() -> open(broken)).isInstanceOf(StateException.class);

    open(NUMBERS);
    assertThatThrownBy(() ->
            state.read(handle -> handle.select("SELECT n FROM more").mapTo(Long.class).list()))
        .hasMessageContaining("more");
  }

  @Test
  void aFileThatIsNoDatabaseIsNamedWithTheRemedy() throws IOException {
    Files.writeString(folder.resolve("state.sqlite"), "nothing of the kind ".repeat(100));

    assertThatThrownBy(() -> open(NUMBERS))
        .isInstanceOf(StateException.class)
        .hasMessageContaining(folder.resolve("state.sqlite").toString())
        .hasMessageContaining("restore it from a backup");
  }

  @Test
  void closingLeavesOneFile() throws IOException {
    add(open(NUMBERS), 1);
    state.close();
    state.close();

    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve("state.sqlite"));
    }
  }

  @Test
  void aPositionMovesWithItsEffectOrNotAtAll() {
    StoredPosition position = position(5);
    assertThat(position.position()).isEqualTo(new Position(5));

    position.commit(new Position(8), handle -> handle.execute("INSERT INTO numbers VALUES (8)"));
    assertThatThrownBy(() ->
            position.commit(
                new Position(9), handle -> handle.execute("INSERT INTO numbers VALUES (8)")))
        .isInstanceOf(StateException.class);

    assertThat(position.position()).isEqualTo(new Position(8));
    StoredPosition read = position(7);
    assertThat(read.position()).isEqualTo(new Position(8));
    assertThat(read.since()).isEqualTo(new Position(5));
    assertThat(numbers(state)).containsExactly(8L);
    assertThatThrownBy(
            () -> {
              position(0).commit(new Position(9), handle -> {});
              read.commit(new Position(10), handle -> {});
            })
        .isInstanceOf(StateException.class)
        .hasMessageContaining("somebody else has moved the position of counter");
  }

  @Test
  void whoMissedSomeOfTheJournalGoesOnWhereThatBeginsAndSaysSo() {
    position(5).commit(new Position(8), handle -> {});

    StoredPosition late = position(100);
    assertThat(late.position()).isEqualTo(new Position(100));
    assertThat(late.since()).isEqualTo(new Position(100));
    assertThat(position(50).position()).isEqualTo(new Position(100));
  }

  private StoredPosition position(long first) {
    open(NUMBERS);
    StoredPosition position = new StoredPosition(state, "counter");
    position.start(new Position(first));
    return position;
  }
}
