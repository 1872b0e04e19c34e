package io.puraify.blackbox.engine.alerts.policy;

import io.puraify.blackbox.core.Severity;
import java.util.List;

/**
 * From which number on an alert has which severity.
 *
 * @param value that is reached
 * @param recovery the alert keeps its severity until this is not reached any more either; the same
 *     as {@code value} where nobody says otherwise
 * @param channels that hear of this severity besides those of the policy
 */
public record Threshold(Severity severity, double value, double recovery, List<String> channels) {

  public Threshold {
    channels = List.copyOf(channels);
  }
}
