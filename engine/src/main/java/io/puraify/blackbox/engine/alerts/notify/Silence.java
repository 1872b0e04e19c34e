package io.puraify.blackbox.engine.alerts.notify;

import io.puraify.blackbox.engine.alerts.policy.Matcher;
import io.puraify.blackbox.engine.alerts.policy.Matchers;
import java.util.List;
import java.util.Map;

/**
 * For a while nobody is told of alerts that match. Times are microseconds since the epoch.
 *
 * @param reason why, for those who wonder
 * @param createdBy who wants it
 */
public record Silence(
    String id,
    List<Matcher> matchers,
    String reason,
    String createdBy,
    long created,
    long from,
    long to) {

  public Silence {
    matchers = List.copyOf(matchers);
  }

  /** Whether it is in force. */
  public boolean isActive(long now) {
    return now >= from && now < to;
  }

  /** Whether it means an alert of these labels, whenever that may be. */
  public boolean means(Map<String, String> labels) {
    return Matchers.match(matchers, labels);
  }
}
