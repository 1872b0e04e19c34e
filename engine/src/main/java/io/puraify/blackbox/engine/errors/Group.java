package io.puraify.blackbox.engine.errors;

import io.puraify.blackbox.core.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Errors that are the same, as one. Not safe for several threads. */
final class Group {

  private static final int LONGEST_TITLE = 300;

  private final Identity identity;
  private Stats stats;
  private Lifecycle lifecycle;
  private @Nullable Long mergedInto;
  private boolean changed = true;

  /** What does not change: as the first error had it; texts are empty where there is none. */
  record Identity(
      long number,
      String project,
      String rule,
      String title,
      String type,
      String culprit,
      String engine,
      String platform,
      String action) {

    /** As the row at hand has it. */
    static Identity of(long number, ErrorBlock row, ErrorFacts facts, Grouping grouping) {
      return new Identity(
          number,
          row.label(Field.PROJECT_ID).intern(),
          grouping.fingerprint().rule().jsonName(),
          Group.title(facts, grouping),
          Group.type(facts, grouping),
          grouping.culprit().map(JudgedFrame::stable).orElse(""),
          row.label(Field.ENGINE).intern(),
          row.label(Field.PLATFORM).intern(),
          row.label(Field.ACTION).intern());
    }

    /** The same errors under another number. */
    Identity numbered(long other) {
      return new Identity(other, project, rule, title, type, culprit, engine, platform, action);
    }
  }

  private static String type(ErrorFacts facts, Grouping grouping) {
    List<JudgedException> exceptions = grouping.exceptions();
    String thrown = exceptions.isEmpty() ? "" : exceptions.getFirst().type();
    return thrown.isEmpty() ? facts.errorType() : thrown;
  }

  /** What a group is called whose first error this is. */
  static String title(ErrorFacts facts, Grouping grouping) {
    List<JudgedException> exceptions = grouping.exceptions();
    boolean thrown = !exceptions.isEmpty() && !exceptions.getFirst().type().isEmpty();
    String type = type(facts, grouping);
    String said = thrown ? exceptions.getFirst().message() : facts.message();
    String title = type.isEmpty() ? said : said.isEmpty() ? type : type + ": " + said;
    int line = title.indexOf('\n');
    String first = line < 0 ? title : title.substring(0, line);
    return first.length() > LONGEST_TITLE ? first.substring(0, LONGEST_TITLE) : first;
  }

  Group(Identity identity, Stats stats, Lifecycle lifecycle) {
    this.identity = identity;
    this.stats = stats;
    this.lifecycle = lifecycle;
  }

  Identity identity() {
    return identity;
  }

  long number() {
    return identity.number;
  }

  Stats stats() {
    return stats;
  }

  Lifecycle lifecycle() {
    return lifecycle;
  }

  /** The group that has this one's errors now, or {@code null}. */
  @Nullable Long mergedInto() {
    return mergedInto;
  }

  /** Takes in the row at hand. */
  void add(ErrorBlock row) {
    stats.add(row);
    lifecycle =
        lifecycle.seen(
            row.receivedMicros(),
            row.label(Field.VERSION),
            stats.count(),
            lifecycle.until() == Lifecycle.Until.USERS ? stats.users().estimate() : 0,
            escalates(row));
    changed = true;
  }

  /** Whether the newest hour is above what was to be expected; older hours are history. */
  private boolean escalates(ErrorBlock row) {
    boolean matters =
        switch (lifecycle.handling()) {
          case OPEN -> lifecycle.at(row.receivedMicros()) != GroupState.ESCALATING;
          case ARCHIVED -> lifecycle.until() == Lifecycle.Until.ESCALATES;
          case RESOLVED -> false;
        };
    long micros = row.timestampMicros();
    if (!matters || micros / Trend.HOUR < stats.last().micros() / Trend.HOUR) {
      return false;
    }
    long hour = stats.trend().hours().at(micros);
    return hour > Forecast.LEAST
        && hour > Forecast.of(stats.trend(), stats.first().micros(), micros);
  }

  void become(Lifecycle next) {
    lifecycle = next;
    changed = true;
  }

  void count(Stats other) {
    stats = other;
    changed = true;
  }

  void mergeInto(@Nullable Long other) {
    mergedInto = other;
    changed = true;
  }

  /** What it takes in memory, about, in bytes. */
  int bytes() {
    int texts = identity.title.length() + identity.type.length() + identity.culprit.length();
    return 400 + texts + stats.bytes();
  }

  boolean changed() {
    return changed;
  }

  void saved() {
    changed = false;
  }
}
