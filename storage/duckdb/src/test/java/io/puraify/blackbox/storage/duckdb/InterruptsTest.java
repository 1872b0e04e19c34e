package io.puraify.blackbox.storage.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.puraify.blackbox.core.QueryStoppedException;
import io.puraify.blackbox.core.RunningQuery;
import io.puraify.blackbox.core.RunningQuery.Stop;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class InterruptsTest {

  /** Takes hours. */
  private static final String HEAVY =
      "SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b";

  @TempDir Path folder;

  private Database database;

  @BeforeEach
  void open() throws SQLException {
    DuckDbOptions options = DuckDbOptions.of(folder);
    database = Database.open(options, new PendingRows(options.threads()));
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
  }

  @Test
  void aStatementEndsWhenItsQueryIsStopped() throws Exception {
    RunningQuery query = new RunningQuery();
    stopAfter(Duration.ofMillis(300), query);

    assertThatThrownBy(() -> query.run(() -> ask(HEAVY)))
        .isInstanceOfSatisfying(
            QueryStoppedException.class,
            stopped -> assertThat(stopped.reason()).isEqualTo(Stop.TIME_LIMIT));
    assertThat(new RunningQuery().run(() -> ask("SELECT 42"))).isEqualTo(42);
  }

  @Test
  void aStopBetweenTwoStatementsEndsTheSecond() throws Exception {
    RunningQuery query = new RunningQuery();

    assertThatThrownBy(() ->
            query.run(() -> {
              try (var loan = database.borrow();
                  var first = loan.prepare("SELECT 1")) {
                first.execute();
                query.stop(Stop.CLIENT_GONE);
                return loan.prepare("SELECT 2");
              } catch (SQLException e) {
                throw StoreFailure.reading("two statements", e);
              }
            }))
        .isInstanceOf(QueryStoppedException.class);
  }

  @Test
  void aStopJustBeforeAStatementBeginsIsNotLost() throws Exception {
    RunningQuery query = new RunningQuery();

    assertThatThrownBy(() ->
            query.run(() -> {
              try (var loan = database.borrow();
                  var statement = loan.prepare(HEAVY)) {
                query.stop(Stop.CLIENT_GONE);
                return statement.execute();
              } catch (SQLException e) {
                throw StoreFailure.reading("a statement", e);
              }
            }))
        .isInstanceOf(QueryStoppedException.class);
  }

  /** Each connection that was interrupted is used again at once, so that an echo would be heard. */
  @Test
  void whoeverHasTheConnectionNextIsNotInterrupted() throws Exception {
    AtomicInteger stopped = new AtomicInteger();
    for (int round = 0; round < 200; round++) {
      RunningQuery query = new RunningQuery();
      stopAfter(Duration.ofNanos(round * 20_000L), query);
      try {
        query.run(() -> ask("SELECT sum(range) FROM range(3000000)"));
      } catch (QueryStoppedException e) {
        stopped.incrementAndGet();
      }
      assertThat(ask("SELECT count(*) FROM range(100000)")).isEqualTo(100_000);
    }
    assertThat(stopped).hasPositiveValue();
  }

  private long ask(String sql) {
    try (var loan = database.borrow();
        var statement = loan.prepare(sql);
        var result = statement.executeQuery()) {
      result.next();
      return result.getLong(1);
    } catch (SQLException e) {
      throw StoreFailure.reading("the statement failed", e);
    }
  }

  private static void stopAfter(Duration time, RunningQuery query) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    Thread.ofPlatform()
        .start(() -> {
          begun.countDown();
          try {
            Thread.sleep(time);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          query.stop(Stop.TIME_LIMIT);
        });
    begun.await();
  }
}
