package io.puraify.blackbox.engine.forward;

import io.puraify.blackbox.core.Position;
import java.util.function.LongUnaryOperator;

/**
 * How much of the journal a destination that is away may take up. Without an end the journal would
 * be full some day, and nobody could record anything any more.
 *
 * @param bytesFrom about how many bytes the journal keeps for a reader at a position
 * @param most how many it may keep for one that forwards
 */
public record Backlog(LongUnaryOperator bytesFrom, long most) {

  /** How many bytes too many the journal keeps for a reader at this position, ≥ 0. */
  long over(Position position) {
    return Math.max(0, bytesFrom.applyAsLong(position.value()) - most);
  }
}
