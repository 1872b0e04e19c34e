package io.puraify.blackbox.engine.audit;

import org.jspecify.annotations.Nullable;

/**
 * What came of verifying.
 *
 * @param finding the first thing that does not hold, or {@code null} where all does
 * @param events that were read and are as they were recorded
 * @param fromMicros the earliest {@code timestamp} of those, 0 where there are none
 * @param toMicros the latest
 * @param removed events that were removed lawfully, by signed gap records
 * @param folded events that were stored as part of others, as these say and as it was recorded
 * @param unsigned of {@code events}, those that no checkpoint stands for yet
 * @param pending events that are recorded but not in the store yet
 * @param unproven events from before the audit trail began, or while it was switched off
 * @param checkpoints how many there are
 * @param last of the checkpoints
 */
public record Verification(
    @Nullable Finding finding,
    long events,
    long fromMicros,
    long toMicros,
    long removed,
    long folded,
    long unsigned,
    long pending,
    long unproven,
    long checkpoints,
    @Nullable Checkpoint last) {

  /** Whether everything holds. */
  public boolean holds() {
    return finding == null;
  }
}
