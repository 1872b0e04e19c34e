package io.puraify.blackbox.engine.errors;

import java.util.Locale;

/** How a group stands. */
public enum GroupState {
  /** Seen for the first time within a week. */
  NEW,
  /** Known, and as often as it used to be. */
  ONGOING,
  /** More often within a day than its own history lets expect. */
  ESCALATING,
  /** Back within a week, in a version newer than the one it was resolved in. */
  REGRESSED,
  /** Known and left alone, until something happens. */
  ARCHIVED,
  /** Mended. */
  RESOLVED;

  /** The name in answers and parameters. */
  public String jsonName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
