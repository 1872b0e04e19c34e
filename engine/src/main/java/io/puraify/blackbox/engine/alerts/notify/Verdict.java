package io.puraify.blackbox.engine.alerts.notify;

import java.util.Locale;

/**
 * What a stage says of an alert, or of a notification.
 *
 * @param stage which one says so
 * @param passed whether it goes on to the next stage
 * @param reason for people
 */
public record Verdict(Stage stage, boolean passed, String reason) {

  /** The stages, in their order. */
  public enum Stage {
    EVALUATE,
    INHIBIT,
    SILENCE,
    MUTE,
    GROUP,
    DEDUPLICATE,
    THROTTLE,
    ROUTE,
    NOTIFY,
    ESCALATE;

    public String jsonName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Verdict pass(Stage stage, String reason) {
    return new Verdict(stage, true, reason);
  }

  static Verdict stop(Stage stage, String reason) {
    return new Verdict(stage, false, reason);
  }
}
