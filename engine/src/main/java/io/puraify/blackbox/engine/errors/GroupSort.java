package io.puraify.blackbox.engine.errors;

import java.util.Locale;

/** What a list of groups is ordered by, the most or the latest first. */
enum GroupSort {
  LAST_SEEN,
  FIRST_SEEN,
  ERRORS,
  USERS;

  /** The name of the parameter's value, and of the column. */
  String jsonName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
