package io.puraify.blackbox.engine.errors;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.puraify.blackbox.core.EventBatch;
import io.puraify.blackbox.core.EventBlock;
import io.puraify.blackbox.core.JournalConsumer;
import io.puraify.blackbox.core.Position;
import io.puraify.blackbox.engine.state.StateDatabase;
import io.puraify.blackbox.engine.state.StateSchema;
import io.puraify.blackbox.engine.state.StoredPosition;
import java.time.Duration;
import org.jdbi.v3.core.Handle;

/**
 * Groups all errors: a consumer of the journal whose effect and position are in the state database.
 * The changes that people make to groups are events too, so that groups depend on nothing but the
 * journal's order.
 */
public final class ErrorConsumer implements JournalConsumer {

  /** The name of the consumer. */
  public static final String NAME = "errors";

  /** Its tables. */
  public static final StateSchema SCHEMA = ErrorTables.SCHEMA;

  private final StateDatabase state;
  private final StoredPosition position;
  private final Aggregator aggregator;
  private final ChangeApplier changes;
  private final Counter errors;

  // The consumer's thread alone.
  private long counted;

  public ErrorConsumer(StateDatabase state, MeterRegistry registry) {
    this(state, registry, new Aggregator(FrameRules.NONE));
  }

  ErrorConsumer(StateDatabase state, MeterRegistry registry, Aggregator aggregator) {
    this.state = state;
    this.position = new StoredPosition(state, NAME);
    this.aggregator = aggregator;
    this.changes = new ChangeApplier(aggregator);
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

  private void load() {
    state.read(handle -> {
      aggregator.load(handle);
      return true;
    });
  }

  @Override
  public String name() {
    return NAME;
  }

  /** A transaction costs a sync of the disk, which those who send would have to share. */
  @Override
  public Duration linger() {
    return Duration.ofSeconds(1);
  }

  @Override
  public Position position() {
    return position.position();
  }

  @Override
  public void apply(EventBatch batch) {
    counted = 0;
    try {
      long from = position.position().value();
      position.commit(
          batch.end(),
          handle -> {
            ErrorBlock rows = new ErrorBlock(batch.blocks().getFirst());
            for (EventBlock block : batch.blocks()) {
              add(handle, rows, block, from);
            }
            aggregator.save(handle);
          });
      errors.increment((double) counted);
    } catch (RuntimeException | Error e) {
      // What is in memory has gone ahead of what is stored.
      load();
      throw e;
    }
  }

  private void add(Handle handle, ErrorBlock rows, EventBlock block, long from) {
    long skipped = Math.max(0, from - block.first().value());
    if (skipped >= block.rows()) {
      return;
    }
    rows.read(block);
    for (int row = (int) skipped; row < block.rows(); row++) {
      rows.at(row);
      if (rows.isError()) {
        aggregator.add(handle, rows);
        counted++;
      } else if (rows.isChange()) {
        changes.apply(handle, block.event(row));
      }
    }
  }
}
