package io.puraify.blackbox.engine.state;

import io.puraify.blackbox.core.Position;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The position of a journal's consumer whose effect is in the {@link StateDatabase}: both are
 * committed in one transaction, so that after a crash the consumer goes on where its effect ends.
 * Written by one thread, read by any.
 */
public final class StoredPosition {

  private static final Logger log = LoggerFactory.getLogger(StoredPosition.class);

  static final StateSchema SCHEMA =
      StateSchema.of(
          "consumers",
          "CREATE TABLE consumer_positions (consumer TEXT NOT NULL, since BIGINT NOT NULL,"
              + " position BIGINT NOT NULL, PRIMARY KEY (consumer))");

  private final StateDatabase state;
  private final String consumer;
  private volatile Position position = Position.START;
  private volatile Position since = Position.START;

  private record Stored(long since, long position) {}

  /**
   * A position of this name; {@link #start} comes before all else.
   *
   * @param consumer its name, as of {@link io.puraify.blackbox.core.JournalConsumer#name}
   */
  public StoredPosition(StateDatabase state, String consumer) {
    this.state = state;
    this.consumer = consumer;
  }

  /**
   * Reads it.
   *
   * @param first the oldest event that the journal still has: where a consumer begins that is new
   *     to this database, or has missed some
   */
  public void start(Position first) {
    Stored stored =
        state.write(handle -> {
          Optional<Stored> found =
              handle
                  .select(
                      "SELECT since, position FROM consumer_positions WHERE consumer = ?", consumer)
                  .map((row, context) -> new Stored(row.getLong(1), row.getLong(2)))
                  .findOne();
          if (found.isPresent() && found.get().position() >= first.value()) {
            return found.get();
          }
          found.ifPresent(old ->
              log.warn(
                  "{} was not among the consumers for a while, and knows nothing of the events from"
                      + " {} to {}",
                  consumer,
                  old.position(),
                  first.value() - 1));
          handle.execute(
              "INSERT INTO consumer_positions (consumer, since, position) VALUES (?, ?, ?)"
                  + " ON CONFLICT (consumer) DO UPDATE SET since = excluded.since,"
                  + " position = excluded.position",
              consumer,
              first.value(),
              first.value());
          return new Stored(first.value(), first.value());
        });
    since = new Position(stored.since());
    position = new Position(stored.position());
  }

  /** Where the consumer began: of what was before, it knows nothing. */
  public Position since() {
    return since;
  }

  /** What is applied, durably so. */
  public Position position() {
    return position;
  }

  /**
   * Commits an effect and the position behind it in one transaction. When this throws, neither has
   * happened.
   *
   * @param end behind the last event that the effect takes into account
   * @param effect must look at no event below {@link #position}
   */
  public void commit(Position end, Consumer<Handle> effect) {
    state.change(handle -> {
      effect.accept(handle);
      move(handle, end);
    });
    position = end;
    state.faultPoint("state.committed");
  }

  /** Commits a transaction that has been open for a while, and the position behind its effect. */
  public void commit(Position end, OpenTransaction transaction) {
    move(transaction.handle(), end);
    transaction.commit();
    position = end;
    state.faultPoint("state.committed");
  }

  private void move(Handle handle, Position end) {
    int moved =
        handle.execute(
            "UPDATE consumer_positions SET position = ? WHERE consumer = ? AND position = ?",
            end.value(),
            consumer,
            position.value());
    if (moved != 1) {
      throw new StateException(
          "somebody else has moved the position of %s, which was %d"
              .formatted(consumer, position.value()));
    }
    state.faultPoint("state.applied");
  }
}
