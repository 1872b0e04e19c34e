package io.puraify.blackbox.engine.alerts;

import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Severity;
import io.puraify.blackbox.core.TimeRange;
import io.puraify.blackbox.engine.alerts.channel.Notification;
import io.puraify.blackbox.engine.alerts.evaluate.Alert;
import io.puraify.blackbox.engine.alerts.evaluate.Evaluator;
import io.puraify.blackbox.engine.alerts.evaluate.PolicyFields;
import io.puraify.blackbox.engine.alerts.evaluate.Transition;
import io.puraify.blackbox.engine.alerts.notify.Pipeline;
import io.puraify.blackbox.engine.alerts.notify.Silence;
import io.puraify.blackbox.engine.alerts.notify.Verdict;
import io.puraify.blackbox.engine.alerts.policy.Policy;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a policy would have done over stored events: the evaluator and the pipeline of the running
 * server, with the time of the events in the place of the time of receipt. Reads on the calling
 * thread, and evaluates meanwhile on another. For one thread and one run.
 */
public final class Backtest {

  /** More are counted, and not listed. */
  static final int MOST_LISTED = 1_000;

  /**
   * From when an alert fires to its end.
   *
   * @param alert as it was last; still active where it fires at the end of the range
   * @param severity the highest that it had
   */
  public record Episode(Alert alert, Severity severity) {}

  /**
   * What came of it.
   *
   * @param events of the policies that were tried
   * @param episodes the first ones, in the order in which they began
   * @param fired how many episodes there are in all
   * @param firingMicros how long they are together
   * @param notifications the first ones
   * @param told how many notifications there are in all
   * @param groups that were told
   * @param stopped how many alerts each stage has kept from being told, by its name
   */
  public record Result(
      long events,
      List<Episode> episodes,
      long fired,
      long firingMicros,
      List<Notification> notifications,
      long told,
      long groups,
      SortedMap<String, Long> stopped) {}

  private final BacktestRequest request;
  private final List<Policy> policies;
  private final List<Silence> silences;
  private final AlertRun run = new AlertRun();
  private final Evaluator evaluator = run.evaluator();
  private final Map<String, Episode> episodes = new LinkedHashMap<>();
  private final List<Notification> notifications = new ArrayList<>();
  private final Map<String, Long> groups = new TreeMap<>();
  private final SortedMap<String, Long> stopped = new TreeMap<>();
  private long told;
  private long events;

  private final Evaluator.Moments moments =
      new Evaluator.Moments() {
        @Override
        public void turnTo(long micros) {
          Backtest.this.turnTo(micros);
        }

        @Override
        public void passed() {
          decide();
        }
      };

  /**
   * Prepares a run.
   *
   * @param running policies whose alerts may keep those of the tried one from being told
   * @param silences that are in force or were
   */
  public Backtest(BacktestRequest request, List<Policy> running, List<Silence> silences) {
    this.request = request;
    this.silences = silences;
    this.policies = new ArrayList<>(List.of(request.policy()));
    if (!request.policy().inhibitions().isEmpty()) {
      running.stream()
          .filter(each -> each.enabled() && !each.name().equals(request.policy().name()))
          .forEach(policies::add);
    }
  }

  /** Reads the events, oldest first, and says what would have happened. */
  public Result run(EventStore store) {
    TimeRange range = request.range();
    evaluator.advance(range.fromMicros());
    // What the store has found need not be matched again.
    boolean alone = policies.size() == 1;
    run.use(alone ? List.of(request.policy().matchingAll()) : policies);
    Set<Field> fields = EnumSet.noneOf(Field.class);
    for (Policy policy : policies) {
      fields.addAll(PolicyFields.ofMatched(policy));
      if (!alone) {
        fields.addAll(PolicyFields.ofMatch(policy));
      }
    }
    Filter filter =
        alone
            ? request.policy().match()
            : new Filter.Or(policies.stream().map(Policy::match).toList());
    try (BlockHandover evaluating =
        new BlockHandover("backtest", (block, ends) -> evaluator.addStored(block, ends, moments))) {
      StoredBlocks blocks = new StoredBlocks(fields, evaluating);
      store.read(
          filter,
          range,
          fields,
          event -> {
            events += event.count();
            blocks.add(event);
          });
      blocks.flush();
      evaluating.finish();
    }
    turnTo(range.toMicros());
    evaluator.alerts().forEach(this::hear);
    List<Episode> fired =
        episodes.values().stream().filter(each -> each.alert().times().fired() > 0).toList();
    return new Result(
        events,
        fired.stream().limit(MOST_LISTED).toList(),
        fired.size(),
        fired.stream().mapToLong(each -> lasted(each.alert())).sum(),
        notifications,
        told,
        groups.size(),
        stopped);
  }

  /** Lets time pass second by second, as long as that can change anything. */
  private void turnTo(long micros) {
    while (evaluator.now() + Evaluator.TICK_MICROS < micros && isWaiting()) {
      evaluator.advance(evaluator.now() + Evaluator.TICK_MICROS);
      decide();
    }
    evaluator.advance(micros);
    decide();
  }

  private boolean isWaiting() {
    return evaluator.changesByTime() || run.pipeline().hasGroups();
  }

  private void decide() {
    Pipeline.Result result = run.decide(silences, this::hear);
    for (Pipeline.Outgoing outgoing : result.outgoing()) {
      Notification notification = outgoing.notification();
      if (notification.alerts().stream().anyMatch(each -> isTried(each.policy()))) {
        told++;
        groups.merge(notification.group(), 1L, Long::sum);
        if (notifications.size() < MOST_LISTED) {
          notifications.add(notification);
        }
      }
    }
    for (Pipeline.Decision decision : result.decisions()) {
      Verdict verdict = decision.verdict();
      if (!verdict.passed() && episodes.containsKey(decision.alertId())) {
        stopped.merge(verdict.stage().jsonName(), 1L, Long::sum);
      }
    }
  }

  private void hear(Transition transition) {
    hear(transition.alert());
  }

  private void hear(Alert alert) {
    if (isTried(alert.source().policy())) {
      Episode before = episodes.get(alert.id());
      Severity severity = alert.severity();
      if (before != null && before.severity().compareTo(severity) > 0) {
        severity = before.severity();
      }
      episodes.put(alert.id(), new Episode(alert, severity));
    }
  }

  private boolean isTried(String policy) {
    return policy.equals(request.policy().name());
  }

  private long lasted(Alert alert) {
    long end = alert.isActive() ? request.range().toMicros() : alert.times().resolved();
    return end - alert.times().fired();
  }
}
