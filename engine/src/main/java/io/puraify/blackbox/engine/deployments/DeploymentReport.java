package io.puraify.blackbox.engine.deployments;

import io.puraify.blackbox.core.TimeRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a change.
 *
 * @param before as much time before it as is looked at after it
 * @param errors kinds of errors, those it is most likely to blame for first
 */
public record DeploymentReport(
    Change change, History history, TimeRange before, TimeRange after, List<KindOfError> errors) {

  public DeploymentReport {
    errors = List.copyOf(errors);
  }

  /** Whether it is likely to blame for some error. */
  public boolean faulty() {
    return outcome().fault() == Outcome.Fault.LIKELY;
  }

  /** The same in short, for a list. */
  public Outcome outcome() {
    return new Outcome(
        Outcome.Fault.of(errors.stream().map(each -> each.suspect().ruling()).toList()),
        history.rollback(),
        history.rolledBack());
  }

  /**
   * One kind of error around the change.
   *
   * @param suspect what is thought of the change as its cause
   */
  public record KindOfError(
      @Nullable String engine,
      @Nullable String platform,
      @Nullable String errorType,
      Suspect suspect) {}
}
