package io.puraify.blackbox.engine.errors;

import io.puraify.blackbox.core.Severity;
import java.util.ArrayList;
import java.util.List;

/**
 * How severe a group is: as its errors say of themselves, and one level more for each of these, two
 * at most and never above critical. 100 errors or more in an hour; 50 users or more, or at least 20
 * where the group is younger than a day; newly seen, regressed or escalating with at least 10
 * errors in an hour.
 *
 * @param reason why, for people
 */
record SeverityRule(Severity severity, String reason) {

  static final long MANY_ERRORS = 100;
  static final long MANY_USERS = 50;
  static final long MANY_USERS_OF_NEW = 20;
  static final long SOME_ERRORS = 10;
  private static final int MOST_LEVELS = 2;

  /**
   * What is known of a group.
   *
   * @param reported the highest severity of its errors
   * @param hour errors within the last hour
   */
  record Facts(Severity reported, long hour, long users, GroupState state, boolean young) {}

  static SeverityRule of(Facts facts) {
    List<String> reasons = new ArrayList<>();
    if (facts.hour >= MANY_ERRORS) {
      reasons.add("%,d errors in the last hour".formatted(facts.hour));
    }
    long manyUsers = facts.young ? MANY_USERS_OF_NEW : MANY_USERS;
    if (facts.users >= manyUsers) {
      reasons.add("%,d users%s".formatted(facts.users, facts.young ? " within its first day" : ""));
    }
    boolean moving =
        switch (facts.state) {
          case NEW -> facts.young;
          case ESCALATING, REGRESSED -> true;
          case ONGOING, ARCHIVED, RESOLVED -> false;
        };
    if (moving && facts.hour >= SOME_ERRORS) {
      reasons.add(
          "%s, with %,d errors in the last hour".formatted(facts.state.jsonName(), facts.hour));
    }
    int levels = Math.min(MOST_LEVELS, reasons.size());
    Severity[] all = Severity.values();
    Severity raised = all[Math.min(all.length - 1, facts.reported.ordinal() + levels)];
    String base = "its errors are " + facts.reported.jsonName();
    return new SeverityRule(
        raised, reasons.isEmpty() ? base : base + "; " + String.join("; ", reasons));
  }
}
