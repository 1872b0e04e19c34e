package io.puraify.blackbox.engine.errors;

import io.puraify.blackbox.core.Micros;
import org.jspecify.annotations.Nullable;

/**
 * What is done about a group, and what its errors make of it. Immutable.
 *
 * @param createdMicros when its first error was received
 * @param escalatedMicros when it last escalated; 0 for never
 * @param regressedMicros when it last came back after it was resolved; 0 for never
 * @param resolvedVersion newer versions bring a resolved group back; empty where there was none
 * @param until when an archived group comes back
 * @param limit a number of errors or of users, or a time in microseconds
 */
record Lifecycle(
    Handling handling,
    long createdMicros,
    long escalatedMicros,
    long regressedMicros,
    String resolvedVersion,
    Until until,
    long limit,
    String assignee) {

  /** How long a group is new, and regressed. */
  static final long NEW_MICROS = 7 * Micros.PER_DAY;

  /** How long a group goes on to be called escalating after it has passed its forecast. */
  static final long ESCALATING_MICROS = Micros.PER_DAY;

  /** What people have decided. */
  enum Handling {
    OPEN,
    RESOLVED,
    ARCHIVED
  }

  /** When a group comes back that is archived. */
  enum Until {
    ESCALATES,
    COUNT,
    USERS,
    TIME
  }

  static Lifecycle created(long micros) {
    return new Lifecycle(Handling.OPEN, micros, 0, 0, "", Until.ESCALATES, 0, "");
  }

  /** The state at a time, in microseconds. */
  GroupState at(long now) {
    return switch (handling) {
      case RESOLVED -> GroupState.RESOLVED;
      case ARCHIVED ->
          until == Until.TIME && now >= limit ? GroupState.ONGOING : GroupState.ARCHIVED;
      case OPEN -> {
        if (escalatedMicros > 0 && now < escalatedMicros + ESCALATING_MICROS) {
          yield GroupState.ESCALATING;
        }
        if (regressedMicros > 0 && now < regressedMicros + NEW_MICROS) {
          yield GroupState.REGRESSED;
        }
        yield now < createdMicros + NEW_MICROS ? GroupState.NEW : GroupState.ONGOING;
      }
    };
  }

  /**
   * What becomes of it with an error, which is counted already.
   *
   * @param version of the error; empty for none
   * @param escalates whether the error's hour is above the forecast
   */
  Lifecycle seen(long now, String version, long count, long users, boolean escalates) {
    return switch (handling) {
      case OPEN -> escalates && at(now) != GroupState.ESCALATING ? escalated(now) : this;
      case RESOLVED -> regresses(version) ? regressed(now) : this;
      case ARCHIVED ->
          switch (until) {
            case ESCALATES -> escalates ? escalated(now) : this;
            case COUNT -> count >= limit ? with(Handling.OPEN) : this;
            case USERS -> users >= limit ? with(Handling.OPEN) : this;
            case TIME -> now >= limit ? with(Handling.OPEN) : this;
          };
    };
  }

  /** Where neither was versioned, any later error says that it is not resolved. */
  private boolean regresses(String version) {
    return resolvedVersion.isEmpty() || Versions.newer(version, resolvedVersion);
  }

  private Lifecycle with(Handling next) {
    return new Lifecycle(
        next,
        createdMicros,
        escalatedMicros,
        regressedMicros,
        resolvedVersion,
        until,
        limit,
        assignee);
  }

  private Lifecycle escalated(long now) {
    return new Lifecycle(
        Handling.OPEN,
        createdMicros,
        now,
        regressedMicros,
        resolvedVersion,
        until,
        limit,
        assignee);
  }

  private Lifecycle regressed(long now) {
    return new Lifecycle(
        Handling.OPEN,
        createdMicros,
        escalatedMicros,
        now,
        resolvedVersion,
        until,
        limit,
        assignee);
  }

  /** Resolved: only an error of a version newer than this brings it back. */
  Lifecycle resolved(String version) {
    return new Lifecycle(Handling.RESOLVED, createdMicros, 0, 0, version, until, limit, assignee);
  }

  Lifecycle archived(Until when, long most) {
    return new Lifecycle(
        Handling.ARCHIVED, createdMicros, 0, 0, resolvedVersion, when, most, assignee);
  }

  Lifecycle reopened() {
    return with(Handling.OPEN);
  }

  Lifecycle assigned(@Nullable String to) {
    return new Lifecycle(
        handling,
        createdMicros,
        escalatedMicros,
        regressedMicros,
        resolvedVersion,
        until,
        limit,
        to == null ? "" : to);
  }
}
