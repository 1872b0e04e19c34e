package io.puraify.blackbox.engine.errors;

import org.jspecify.annotations.Nullable;

/**
 * Grouping rules as somebody has put them to work.
 *
 * @param version from 1; 0 for none, as it is at first
 * @param id the position of their event; from it on they are in force
 * @param micros when, since the epoch
 * @param actor who; may be empty
 * @param document their JSON
 * @param undone the version whose rules these take back, or {@code null}
 */
public record RulesVersion(
    long version,
    long id,
    long micros,
    String actor,
    String comment,
    String document,
    @Nullable Long undone) {

  static final RulesVersion NONE = new RulesVersion(0, 0, 0, "", "", "{}", null);

  /** The rules, which could be used when they were put to work. */
  GroupingRules read() {
    return GroupingRulesReader.read(document);
  }
}
