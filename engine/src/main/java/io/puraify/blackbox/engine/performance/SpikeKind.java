package io.puraify.blackbox.engine.performance;

import java.util.Locale;

/** What of a series can be out of the ordinary. */
public enum SpikeKind {
  /** More calls take long than usual; expected and observed are the p95 in milliseconds. */
  LATENCY,
  /** More calls fail than usual; expected and observed are shares of calls. */
  ERRORS,
  /** As errors. */
  TIMEOUTS,
  /** More is tried again than usual; expected and observed are retries a call. */
  RETRIES,
  /** There are more calls than usual; expected and observed are calls a minute. */
  LOAD;

  /** The name in answers and events, such as {@code latency}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
