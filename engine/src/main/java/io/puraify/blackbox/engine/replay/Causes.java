package io.puraify.blackbox.engine.replay;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What may have led to an error of a session, the likeliest first.
 *
 * <p>The score of a cause is the weight of its {@link Cause.Kind}, times how much it has to do with
 * the error, times how near it is in time: 1 / (1 + t / T), where T is {@link #NEAR} in the session
 * and {@link #NEAR_CHANGE} for changes. So a change half an hour ago counts half. What all errors
 * like this one say of a change comes before that. The numbers are judgements; what follows from
 * them is held by tests.
 *
 * @param error the event that is explained
 * @param causes at most one for each event
 */
public record Causes(ReplayEvent error, List<Cause> causes) {

  /** How far back the session's events are looked at, in microseconds. */
  static final long REACH = 3_600_000_000L;

  /** How far back changes are looked at. */
  static final long REACH_CHANGE = 24 * REACH;

  private static final double NEAR = 60e6;
  private static final double NEAR_CHANGE = 1_800e6;

  public Causes {
    causes = List.copyOf(causes);
  }

  /**
   * Looks for causes.
   *
   * @param index of the error in the session
   * @param changes of the project, before the error
   * @param rulings on changes of all projects, at most one on each
   */
  static Causes of(
      Replay replay, int index, List<ChangeEvent> changes, List<ChangeRuling> rulings) {
    return new Search(replay.events(), index).causes(changes, rulings);
  }

  /** One search, by one thread. */
  private static final class Search {
    private final ReplayEvent error;

    /** The session's events before the error, the oldest first. */
    private final List<ReplayEvent> before;

    private final Map<String, Cause> found = new LinkedHashMap<>();

    Search(List<ReplayEvent> events, int index) {
      this.error = events.get(index);
      int first = index;
      while (first > 0 && error.micros() - events.get(first - 1).micros() <= REACH) {
        first--;
      }
      this.before = events.subList(first, index);
    }

    Causes causes(List<ChangeEvent> changes, List<ChangeRuling> rulings) {
      firstFailure();
      denial();
      timeout();
      retries();
      versionChange();
      Map<String, ChangeRuling> ruled = new LinkedHashMap<>();
      rulings.forEach(each -> ruled.put(each.changeId(), each));
      for (ChangeEvent change : changes) {
        String id = change.changeId();
        change(change, id == null ? null : ruled.remove(id));
      }
      // Deployments are recorded for a project of their own, more often than not.
      ruled.values().stream().filter(ChangeRuling::suspected).forEach(this::elsewhere);
      List<Cause> ranked = new ArrayList<>(found.values());
      ranked.sort(
          Comparator.comparingDouble(Cause::score)
              .reversed()
              .thenComparingLong(Cause::beforeMicros)
              .thenComparing(Cause::id));
      return new Causes(error, ranked);
    }

    private void firstFailure() {
      before.stream()
          .filter(ReplayEvent::error)
          .findFirst()
          .ifPresent(first ->
              add(
                  Cause.Kind.FIRST_FAILURE,
                  first,
                  "%s was the first to fail, %s before: %s"
                      .formatted(words(first), ago(first), Words.end(first))));
    }

    private void denial() {
      ReplayEvent last = last(Search::denied);
      if (last != null) {
        add(
            Cause.Kind.DENIAL,
            last,
            "%s was refused %s before: %s".formatted(words(last), ago(last), Words.end(last)));
      }
    }

    private static boolean denied(ReplayEvent event) {
      boolean credential =
          "vault".equals(event.engine()) || "credential_access".equals(event.eventType());
      return "denied".equals(event.status()) || (credential && event.error());
    }

    private void timeout() {
      ReplayEvent last = last(event -> "timeout".equals(event.status()));
      if (last != null) {
        add(
            Cause.Kind.TIMEOUT,
            last,
            "%s ran out of time%s, %s before".formatted(words(last), after(last), ago(last)));
      } else if ("timeout".equals(error.status())) {
        add(
            Cause.Kind.TIMEOUT,
            error,
            "%s itself ran out of time%s".formatted(words(error), after(error)));
      }
    }

    private static String after(ReplayEvent event) {
      return event.durationMs() == null
          ? ""
          : " after " + Words.span(event.micros() - event.startMicros());
    }

    /** How often the action was tried since it last succeeded. */
    private void retries() {
      long retries = error.retries();
      ReplayEvent first = error;
      for (ReplayEvent event : before.reversed()) {
        if (!event.actionKey().equals(error.actionKey())) {
          continue;
        }
        if ("success".equals(event.status())) {
          break;
        }
        if (event.retries() > 0) {
          retries += event.retries();
          first = event;
        }
      }
      if (retries > 0) {
        String times = retries == 1 ? "once" : retries + " times";
        String within =
            first.position() == error.position() ? "" : ", from %s before on".formatted(ago(first));
        add(
            Cause.Kind.RETRIES,
            first,
            "%s was tried again %s%s, without success".formatted(words(error), times, within));
      }
    }

    private void versionChange() {
      String now = error.version();
      ReplayEvent other =
          now == null
              ? null
              : last(event ->
                  Objects.equals(event.engine(), error.engine())
                      && event.version() != null
                      && !now.equals(event.version()));
      if (other != null) {
        add(
            Cause.Kind.VERSION_CHANGE,
            other,
            "%s was at version %s until %s before, and is at %s since"
                .formatted(error.engine(), other.version(), ago(other), now));
      }
    }

    private void change(ChangeEvent change, @Nullable ChangeRuling ruling) {
      Event event = change.event();
      long gap = error.micros() - event.timestampMicros();
      if (!isInReach(gap) || event.eventId().equals(error.eventId())) {
        return;
      }
      Cause.Kind kind = kind(change.isDeployment());
      double related =
          Math.max(
              related(event.given(Field.PLATFORM), error.platform()),
              Math.max(
                  related(event.given(Field.ENGINE), error.engine()),
                  related(event.given(Field.FLOW_ID), error.flowId())));
      double near = kind.weight() * related / (1 + gap / NEAR_CHANGE);
      String said = "%s %s before".formatted(change.words(), Words.span(gap));
      keep(
          new Cause(
              kind,
              event.eventId(),
              change.changeId(),
              gap,
              ruling == null ? near : ruling.score(near),
              ruling == null ? said : said + "; " + ruling.words()));
    }

    private static boolean isInReach(long gap) {
      return gap >= 0 && gap <= REACH_CHANGE;
    }

    private static Cause.Kind kind(boolean deploys) {
      return deploys ? Cause.Kind.DEPLOYMENT : Cause.Kind.CONFIG_CHANGE;
    }

    /** A change that is no event of the project, and that is suspected. */
    private void elsewhere(ChangeRuling ruling) {
      long gap = error.micros() - ruling.micros();
      if (isInReach(gap)) {
        keep(
            new Cause(
                kind(ruling.deploys()),
                ruling.eventId(),
                ruling.changeId(),
                gap,
                ruling.score(0),
                "%s %s before; %s".formatted(ruling.happened(), Words.span(gap), ruling.words())));
      }
    }

    private static double related(@Nullable String one, @Nullable String other) {
      return one != null && one.equals(other) ? 1 : 0.5;
    }

    private void add(Cause.Kind kind, ReplayEvent event, String reason) {
      long gap = error.micros() - event.micros();
      double score = kind.weight() * related(event) / (1 + gap / NEAR);
      keep(new Cause(kind, event.eventId(), null, gap, score, reason));
    }

    private double related(ReplayEvent event) {
      if (event.actionKey().equals(error.actionKey())) {
        return 1;
      }
      if (event.platform() != null && event.platform().equals(error.platform())) {
        return 0.95;
      }
      return Objects.equals(event.engine(), error.engine()) ? 0.9 : 0.85;
    }

    /** Of one event, the likelier reading. */
    private void keep(Cause cause) {
      found.merge(cause.id(), cause, (one, other) -> other.score() > one.score() ? other : one);
    }

    private @Nullable ReplayEvent last(Predicate<ReplayEvent> wanted) {
      for (ReplayEvent event : before.reversed()) {
        if (wanted.test(event)) {
          return event;
        }
      }
      return null;
    }

    private String ago(ReplayEvent event) {
      return Words.span(error.micros() - event.micros());
    }

    private static String words(ReplayEvent event) {
      return event.actionKey().words();
    }
  }
}
