package io.puraify.blackbox.engine.audit;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.EventBatch;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Folds;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Position;
import io.puraify.blackbox.engine.consumers.MemoryEventStore;
import io.puraify.blackbox.engine.state.StateDatabase;
import io.puraify.blackbox.engine.state.StateOptions;
import io.puraify.blackbox.storage.contract.EventRows;
import io.puraify.blackbox.storage.contract.RandomEvents;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** An audit trail of made-up events, whose store and state a test can change behind its back. */
final class AuditFixture implements AutoCloseable {

  private final RandomEvents random;
  private final AuditOptions options;
  final MemoryEventStore store = new MemoryEventStore();
  final List<Event> events = new ArrayList<>();
  final StateDatabase state;
  AuditConsumer consumer;
  AuditTrail trail;
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");

  AuditFixture(Path folder, long seed, @Nullable Path anchorFile) {
    random = new RandomEvents(new Random(seed));
    options = new AuditOptions(folder.resolve("key.pem"), anchorFile, this::now);
    state = new StateDatabase(StateOptions.of(folder.resolve("state"), AuditConsumer.SCHEMA));
    state.start();
    consumer = new AuditConsumer(state, options, new SimpleMeterRegistry());
    trail = new AuditTrail(consumer, state, store, options, this::end);
    consumer.start(Position.START);
  }

  AuditFixture(Path folder) {
    this(folder, 42, null);
  }

  private Instant now() {
    return now;
  }

  private long end() {
    return events.size();
  }

  /** As after a crash: what is in memory alone is gone, and read from the journal again. */
  void restart() {
    consumer = new AuditConsumer(state, options, new SimpleMeterRegistry());
    trail = new AuditTrail(consumer, state, store, options, this::end);
    consumer.start(Position.START);
    int from = (int) consumer.position().value();
    if (from < events.size()) {
      consumer.apply(EventRows.batch(events.subList(from, events.size())));
    }
  }

  /** Records events, and stores them. */
  void append(int count) {
    List<Event> next = random.next(events.size(), count);
    EventBatch batch = EventRows.batch(next);
    events.addAll(next);
    consumer.apply(batch);
    store.append(batch);
  }

  /** Records equal errors, which are stored as one; the next position is behind them. */
  void flood(int count) {
    List<Event> equal = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      equal.add(
          Event.at(events.size() + (long) i)
              .set(Field.PROJECT_ID, "pf_1")
              .set(Field.TIMESTAMP, Micros.of(now))
              .set(Field.RECEIVED_AT, Micros.of(now))
              .set(Field.STATUS, "error")
              .build());
    }
    Folds folds = new Folds(count);
    for (int row = 1; row < count; row++) {
      folds.fold(row, 0);
    }
    EventBatch batch =
        new EventBatch(List.of(EventRows.batch(equal).blocks().getFirst().with(folds)));
    events.addAll(equal);
    consumer.apply(batch);
    store.append(batch);
  }

  /** The same a minute later, with a checkpoint behind it. */
  void appendAndSign(int count) {
    now = now.plusSeconds(60);
    append(count);
    var _ = consumer.checkpoint().orElseThrow();
  }

  /** What retention does: announces events by their positions and removes them. */
  void expire(LongPredicate positions) {
    announce(positions);
    store.alter(all -> all.stream().filter(event -> !positions.test(event.position())).toList());
  }

  void announce(LongPredicate positions) {
    new GapRecorder(consumer)
        .before(
            20_000,
            sink ->
                store.scan(
                    0,
                    Long.MAX_VALUE,
                    event -> {
                      if (positions.test(event.position())) {
                        sink.accept(event);
                      }
                    }));
  }

  void sql(String statement, Object... parameters) {
    state.change(handle -> handle.execute(statement, parameters));
  }

  @Override
  public void close() {
    state.close();
  }
}
