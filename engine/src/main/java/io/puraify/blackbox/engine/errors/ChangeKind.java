package io.puraify.blackbox.engine.errors;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

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

  /** Those that concern one group and none of its fingerprints. */
  static final Set<ChangeKind> OF_ONE_GROUP =
      Set.copyOf(EnumSet.complementOf(EnumSet.of(MERGE, SPLIT)));

  /** The name in requests, answers and events. */
  public String jsonName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
