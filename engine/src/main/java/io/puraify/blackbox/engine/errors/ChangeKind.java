package io.puraify.blackbox.engine.errors;

import java.util.Locale;

/** What people do with a group. */
public enum ChangeKind {
  RESOLVE,
  ARCHIVE,
  REOPEN,
  ASSIGN,
  COMMENT,
  MERGE,
  SPLIT,
  UNDO;

  /** The name in requests, answers and events. */
  public String jsonName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
