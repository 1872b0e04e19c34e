package io.puraify.blackbox.engine.deployments;

import io.puraify.blackbox.core.TimeRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a change.
 *
 * @param before as much time before it as is looked at after it
 * @param faulty whether it is likely to blame for some error
 * @param errors kinds of errors, those it is most likely to blame for first
 */
public record DeploymentReport(
    Change change,
    History history,
    TimeRange before,
    TimeRange after,
    boolean faulty,
    List<KindOfError> errors) {

  public DeploymentReport {
    errors = List.copyOf(errors);
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
