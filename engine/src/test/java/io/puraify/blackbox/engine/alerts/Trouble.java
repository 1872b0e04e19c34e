package io.puraify.blackbox.engine.alerts;

/** What the other side of a channel does instead of taking a notification. */
enum Trouble {
  /** It wants less: 429 with a {@code Retry-After}, or 450 over SMTP. */
  TOO_MANY,
  /** It is broken: 500, or 451 over SMTP. */
  FAILS,
  /** It listens and says nothing. */
  SILENT,
  /** It takes the notification, and breaks off before it says so. */
  CUT_OFF,
  /** It says that it took the notification, and breaks off or falls silent behind that. */
  CUT_ANSWER
}
