package io.puraify.blackbox.engine.errors;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.EventBatch;
import io.puraify.blackbox.core.EventBlock;
import io.puraify.blackbox.core.JournalConsumer;
import io.puraify.blackbox.core.Position;
import io.puraify.blackbox.core.PostponedException;
import io.puraify.blackbox.engine.state.OpenTransaction;
import io.puraify.blackbox.engine.state.StateDatabase;
import io.puraify.blackbox.engine.state.StateSchema;
import io.puraify.blackbox.engine.state.StoredPosition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Groups all errors: a consumer of the journal whose effect and position are in a database of its
 * own. The changes that people make to groups are events too, so that groups depend on nothing but
 * the journal's order.
 *
 * <p>One transaction takes in as many batches as come within a second, or within ten times what the
 * last commit took: where errors of thousands of groups come at once, each group is written once
 * for all of them, and no more than a tenth of the time goes into writing. After a crash the
 * journal is read again from the last commit on. For one thread, except where it says otherwise.
 */
public final class ErrorConsumer implements JournalConsumer, AutoCloseable {

  /** The name of the consumer. */
  public static final String NAME = "errors";

  /** Its tables. */
  public static final StateSchema SCHEMA = ErrorTables.SCHEMA;

  private static final Duration SHORTEST_REST = Duration.ofSeconds(1);

  /** What people see is older than that at no time, but for what has yet to be applied. */
  private static final Duration LONGEST_REST = Duration.ofSeconds(10);

  private static final int REST_SHARE = 10;

  /** The event store is seldom further behind than a batch. */
  private static final Duration STORE_WAIT = Duration.ofMillis(100);

  private final StateDatabase state;
  private final StoredPosition position;
  private final OpenTransaction transaction;
  private final Aggregator aggregator;
  private final ChangeApplier changes;
  private final Regrouping regrouping;
  private final Counter errors;

  /** What somebody was told, to be removed with the next commit; for any thread. */
  private final Set<Turn> told = ConcurrentHashMap.newKeySet();

  /** Held by whoever applies or stores. */
  private final ReentrantLock busy = new ReentrantLock();

  private @Nullable ErrorTables tables;

  /** Behind the last event that the open transaction knows of. */
  private Position taken = Position.START;

  private long counted;
  private boolean changed;
  private boolean forgotten;
  private long lastCommit = System.nanoTime();
  private Duration rest = SHORTEST_REST;

  /**
   * @param store whose errors are put into groups anew when the rules are others
   */
  public ErrorConsumer(StateDatabase state, StoredEvents store, MeterRegistry registry) {
    this(state, store, registry, new Aggregator());
  }

  ErrorConsumer(
      StateDatabase state, StoredEvents store, MeterRegistry registry, Aggregator aggregator) {
    this.state = state;
    this.position = new StoredPosition(state, NAME);
    this.transaction = state.open();
    this.aggregator = aggregator;
    this.changes = new ChangeApplier(aggregator);
    this.regrouping = new Regrouping(aggregator, changes, new StoredErrors(store));
    this.errors =
        Counter.builder("blackbox.errors.events")
            .description("Errors that were counted into groups")
            .register(registry);
    Gauge.builder("blackbox.errors.groups", aggregator, it -> (double) it.groups())
        .description("Groups of errors")
        .register(registry);
  }

  /**
   * Reads what is stored.
   *
   * @param first the oldest event that the journal still has
   */
  public void start(Position first) {
    position.start(first);
    load();
  }

  /** What is in memory is as what is stored. */
  private void load() {
    counted = 0;
    changed = false;
    taken = position();
    forgotten =
        state.read(handle -> {
          aggregator.use(new ErrorTables(handle).rules().read());
          aggregator.load(handle);
          return false;
        });
  }

  @Override
  public String name() {
    return NAME;
  }

  /** Thousands of kinds of errors may come in a second, each to be seen for the first time. */
  @Override
  public boolean standsBack() {
    return true;
  }

  @Override
  public Position position() {
    return position.position();
  }

  @Override
  public void apply(EventBatch batch) {
    orForget(() -> {
      ErrorTables tables = tables();
      ErrorBlock rows = new ErrorBlock(batch.blocks().getFirst());
      for (EventBlock block : batch.blocks()) {
        add(tables, rows, block);
      }
      // What was taken in may be given again, as when the journal could not be read on.
      taken = taken.compareTo(batch.end()) < 0 ? batch.end() : taken;
      // Somebody waits for a change.
      if (changed || hasRested()) {
        commit();
      }
    });
  }

  /** Those of the open transaction, whose handle stays from one to the next. */
  private ErrorTables tables() {
    Handle handle = transaction.handle();
    ErrorTables known = tables;
    if (known == null) {
      known = new ErrorTables(handle);
      tables = known;
    }
    return known;
  }

  private void add(ErrorTables tables, ErrorBlock rows, EventBlock block) {
    long skipped = Math.max(0, taken.value() - block.first().value());
    if (skipped >= block.rows()) {
      return;
    }
    rows.alsoRead(aggregator.fields());
    rows.read(block);
    for (int row = (int) skipped; row < block.rows(); row++) {
      rows.at(row);
      if (rows.isError()) {
        var _ = aggregator.add(tables, rows);
        counted++;
      } else if (rows.isChange()) {
        change(tables, rows, block, block.event(row));
      }
    }
  }

  private void change(ErrorTables tables, ErrorBlock rows, EventBlock block, Event event) {
    Optional<RulesChange> ofRules = RulesChange.of(event);
    if (ofRules.isEmpty()) {
      changed |= changes.apply(tables, event);
      return;
    }
    waitForStore(event.position());
    regrouping.make(tables(), ofRules.get(), event);
    changed = true;
    rows.alsoRead(aggregator.fields());
    rows.read(block);
  }

  /** What is before a change of the rules is stored first, so that waiting loses nothing. */
  private void waitForStore(long position) {
    Position before = new Position(position);
    if (before.compareTo(position()) > 0) {
      taken = before;
      commit();
    }
    if (!regrouping.isReady(position)) {
      throw new PostponedException(
          "the event store has to come to position %,d first".formatted(position), STORE_WAIT);
    }
  }

  private boolean hasRested() {
    return System.nanoTime() - lastCommit >= rest.toNanos();
  }

  @Override
  public void idle() {
    if (hasRested()) {
      commitAll();
    }
  }

  private void commitAll() {
    if (taken.compareTo(position()) > 0 || !told.isEmpty()) {
      orForget(this::commit);
    }
  }

  private void commit() {
    long start = System.nanoTime();
    ErrorTables tables = tables();
    Set<Turn> done = Set.copyOf(told);
    done.forEach(tables::remove);
    aggregator.save(tables);
    position.commit(taken, transaction);
    told.removeAll(done);
    errors.increment((double) counted);
    counted = 0;
    changed = false;
    lastCommit = System.nanoTime();
    rest = rest(Duration.ofNanos(lastCommit - start));
  }

  private static Duration rest(Duration commit) {
    Duration rest = commit.multipliedBy(REST_SHARE);
    return rest.compareTo(SHORTEST_REST) < 0
        ? SHORTEST_REST
        : rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
  }

  /**
   * What has become of groups and nobody was told, at most so much, the oldest first. For any
   * thread.
   */
  public List<Turn> untold(int limit) {
    Set<Turn> done = Set.copyOf(told);
    List<Turn> stored = state.read(handle -> new ErrorTables(handle).turns(limit + done.size()));
    return stored.stream().filter(turn -> !done.contains(turn)).limit(limit).toList();
  }

  /**
   * Takes note that it was told. That is durable with the next commit; after a crash before it, it
   * is told again, under the same id. For any thread.
   */
  public void told(Turn turn) {
    told.add(turn);
  }

  private void orForget(Runnable work) {
    busy.lock();
    try {
      if (forgotten) {
        load();
      }
      work.run();
    } catch (PostponedException e) {
      // All that was taken in is stored.
      throw e;
    } catch (RuntimeException e) {
      forget(e);
      throw transaction.failure(e);
    } catch (Error e) {
      forget(e);
      throw e;
    } finally {
      busy.unlock();
    }
  }

  /** What is in memory has gone ahead of what will ever be stored. */
  private void forget(Throwable cause) {
    forgotten = true;
    taken = position();
    try {
      leave();
    } catch (RuntimeException e) {
      // After some failures there is no transaction any more that could be rolled back.
      cause.addSuppressed(e);
    }
  }

  private void leave() {
    tables = null;
    transaction.close();
  }

  /**
   * Stores what was taken in, unless a batch is still being applied: that is read again after the
   * next start. Closing twice is fine.
   */
  @Override
  public void close() {
    if (busy.tryLock()) {
      try {
        commitAll();
      } finally {
        leave();
        busy.unlock();
      }
    }
  }
}
