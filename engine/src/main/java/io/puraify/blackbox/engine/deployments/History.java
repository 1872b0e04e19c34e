package io.puraify.blackbox.engine.deployments;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What came before and after a deployment of an engine.
 *
 * @param previousVersion that ran before it; {@code null} where that is not known
 * @param next the deployment of another version that followed, or {@code null}
 * @param rollback whether its version had run before, and comes back
 * @param rolledBack whether the one that followed is a rollback
 */
public record History(
    @Nullable String previousVersion, @Nullable Change next, boolean rollback, boolean rolledBack) {

  /** Of a change that deploys nothing. */
  static final History NONE = new History(null, null, false, false);

  /** Which versions had run before a time. */
  interface Earlier {
    boolean ran(String version, long beforeMicros);
  }

  /**
   * Works it out.
   *
   * @param deployments of the engine, the oldest first; the change is one of them
   * @param first the version that ran before all of them, or {@code null}
   * @param earlier whether a version had run before the deployment before a time
   */
  static History of(
      Change change, List<Change> deployments, @Nullable String first, Earlier earlier) {
    String version = change.version();
    String previous = first;
    Change previousChange = null;
    Change next = null;
    for (Change each : deployments) {
      boolean other = !Objects.equals(each.version(), version);
      if (each.micros() < change.micros() && other) {
        previous = each.version();
        previousChange = each;
      } else if (each.micros() > change.micros() && other && next == null) {
        next = each;
      }
    }
    // It comes back where it ran before the version that it takes the place of.
    boolean rollback =
        version != null && previousChange != null && earlier.ran(version, previousChange.micros());
    boolean rolledBack =
        next != null && next.version() != null && earlier.ran(next.version(), change.micros());
    return new History(previous, next, rollback, rolledBack);
  }
}
