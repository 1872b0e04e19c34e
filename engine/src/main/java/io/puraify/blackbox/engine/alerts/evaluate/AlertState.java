package io.puraify.blackbox.engine.alerts.evaluate;

import java.util.Locale;

/** Where an alert is. */
public enum AlertState {
  /** Its condition holds, and not for long enough yet. */
  PENDING,
  FIRING,
  /** It fires, and somebody looks after it. */
  ACKNOWLEDGED,
  /** Its condition is gone, or somebody says so. */
  RESOLVED;

  /** Whether it is neither over nor still to come. */
  public boolean isFiring() {
    return switch (this) {
      case FIRING, ACKNOWLEDGED -> true;
      case PENDING, RESOLVED -> false;
    };
  }

  /** The name in JSON. */
  public String jsonName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
