package io.puraify.blackbox.storage.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.puraify.blackbox.core.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DayFilesTest {

  private static final Duration SHORT = Duration.ofMillis(100);

  @TempDir Path folder;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private DayFiles files;

  @BeforeEach
  void open() throws SQLException {
    DuckDbOptions options = DuckDbOptions.of(folder);
    files = new DayFiles(options, new PendingRows(options.threads()));
    files.start(List.of());
  }

  @AfterEach
  void close() throws SQLException {
    files.close();
    threads.close();
  }

  private DayFile create(long day) {
    files.leaseForWriting(day).close();
    return files.day(day).orElseThrow();
  }

  private int attached() throws SQLException {
    try (var loan = files.database().borrow();
        var statement = loan.connection().createStatement();
        var result =
            statement.executeQuery(
                "SELECT count(*) FROM duckdb_databases() WHERE path IS NOT NULL")) {
      result.next();
      return result.getInt(1);
    }
  }

  @Test
  void howManyDaysThereAreDoesNotChangeHowManyAreAttached() throws Exception {
    List<DayFile> days = new ArrayList<>();
    for (int day = 0; day < DayFiles.MAX_ATTACHED + 8; day++) {
      days.add(create(day));
      assertThat(attached()).isLessThanOrEqualTo(DayFiles.MAX_ATTACHED);
    }

    List<Future<?>> readers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      SplittableRandom random = new SplittableRandom(i);
      readers.add(threads.submit(() -> readSome(days, random)));
    }
    for (Future<?> reader : readers) {
      reader.get();
    }
    assertThat(attached()).isLessThanOrEqualTo(DayFiles.MAX_ATTACHED);
  }

  private Void readSome(List<DayFile> days, SplittableRandom random) throws SQLException {
    for (int i = 0; i < 8; i++) {
      int first = random.nextInt(days.size() - DayFiles.MAX_LEASED_AT_ONCE);
      int count = 1 + random.nextInt(DayFiles.MAX_LEASED_AT_ONCE);
      try (var lease = files.lease(days.subList(first, first + count));
          var loan = files.database().borrow()) {
        for (DayFile file : lease.files()) {
          DayMeta.read(loan.connection(), file.schema);
        }
        assertThat(attached()).isLessThanOrEqualTo(DayFiles.MAX_ATTACHED);
      }
    }
    return null;
  }

  @Test
  void aReservationWaitsUntilNobodyHasTheFile() throws Exception {
    DayFile file = create(1);
    var lease = files.lease(List.of(file));

    assertThat(files.reserve(file, SHORT)).isEmpty();
    lease.close();
    files.reserve(file, SHORT).orElseThrow().close();
  }

  @Test
  void whoeverWantsAReservedFileWaitsAndNobodyElse() throws Exception {
    DayFile file = create(1);
    DayFile other = create(2);
    var alone = files.reserve(file, SHORT).orElseThrow();
    Future<?> waiting = threads.submit(() -> files.lease(List.of(file)).close());

    threads.submit(() -> files.lease(List.of(other)).close()).get();
    assertThatThrownBy(() -> waiting.get(100, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);

    alone.detach(true);
    alone.close();
    waiting.get();
  }

  @Test
  void aReservationThatIsNotToBeHadLetsOthersGoOn() {
    DayFile file = create(1);
    try (var _ = files.lease(List.of(file))) {
      assertThat(files.reserve(file, SHORT)).isEmpty();
      files.lease(List.of(file)).close();
    }
  }

  @Test
  void aDroppedFileIsLeftOutAndMadeAnewWhenItIsWrittenTo() throws Exception {
    DayFile file = create(1);
    try (var alone = files.reserve(file, SHORT).orElseThrow()) {
      alone.detach(false);
      DayFolder.remove(file.path);
      alone.drop();
    }

    assertThat(files.lease(List.of(file)).files()).isEmpty();
    assertThat(files.reserve(file, SHORT)).isEmpty();
    assertThat(Files.exists(file.path)).isFalse();
    assertThat(create(1)).isNotSameAs(file);
    assertThat(Files.exists(file.path)).isTrue();
  }

  @Test
  void aFileThatIsDoubtfulIsAttachedAnewBeforeTheNextWrite() throws Exception {
    DayFile file = create(1);
    file.meta = new DayMeta(99, 0, 99, 0, 0);
    file.doubtful = true;

    files.leaseForWriting(1).close();

    assertThat(file.doubtful).isFalse();
    assertThat(file.meta).isEqualTo(DayMeta.NEW);
  }

  @Test
  void aWriteThatFailsIsBlamedOnItsFileAndLeavesItReadable() throws Exception {
    DayFile file = create(1);

    assertThatThrownBy(() ->
            files.write(
                files.leaseForWriting(1),
                leased -> {
                  throw new SQLException("no such luck");
                }))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(file.path.toString())
        .hasMessageContaining("no such luck");
    try (var lease = files.lease(List.of(file))) {
      assertThat(lease.files()).containsExactly(file);
    }
  }

  @Test
  void nothingIsLeasedOnceClosed() throws Exception {
    DayFile file = create(1);
    files.close();

    assertThatThrownBy(() -> files.lease(List.of(file)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("is not open");
  }

  @Test
  void closingDoesNotWaitForeverForAFileInUse() throws Exception {
    DayFile used = create(1);
    DayFile idle = create(2);
    var lease = files.lease(List.of(used));

    files.close(SHORT);

    assertThat(idle.attached).isFalse();
    assertThat(used.attached).isTrue();
    lease.close();
  }
}
