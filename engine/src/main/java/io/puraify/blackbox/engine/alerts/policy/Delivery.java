package io.puraify.blackbox.engine.alerts.policy;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who hears of a policy's alerts, and when. The terms and their meaning are those of Prometheus
 * Alertmanager.
 *
 * @param channels by name
 * @param group policies that name the same group share notifications; the policy's own name where
 *     it names none
 * @param groupBy alerts with the same values of these labels are told together
 * @param groupWait from the first alert of a group to its first notification
 * @param groupInterval from one notification of a group to the next that has something new
 * @param repeatInterval from one notification to the same again
 * @param escalation what happens when nobody acknowledges; {@code null} for nothing
 */
public record Delivery(
    List<String> channels,
    String group,
    List<String> groupBy,
    Duration groupWait,
    Duration groupInterval,
    Duration repeatInterval,
    @Nullable Escalation escalation) {

  public static final Duration GROUP_WAIT = Duration.ofSeconds(30);
  public static final Duration GROUP_INTERVAL = Duration.ofMinutes(5);
  public static final Duration REPEAT_INTERVAL = Duration.ofHours(4);

  public Delivery {
    channels = List.copyOf(channels);
    groupBy = List.copyOf(groupBy);
  }

  /**
   * Further channels for an alert that fires for so long and nobody has acknowledged.
   *
   * @param after counted from when it fired
   */
  public record Escalation(Duration after, List<String> channels) {
    public Escalation {
      channels = List.copyOf(channels);
    }
  }
}
