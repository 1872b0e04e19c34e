package io.puraify.blackbox.engine.alerts.notify;

import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.engine.alerts.channel.Notification;
import io.puraify.blackbox.engine.alerts.channel.Notification.Reason;
import io.puraify.blackbox.engine.alerts.evaluate.Alert;
import io.puraify.blackbox.engine.alerts.notify.Verdict.Stage;
import io.puraify.blackbox.engine.alerts.policy.Delivery;
import io.puraify.blackbox.engine.alerts.policy.Policy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * From alerts to notifications: inhibit → silence → mute → group → deduplicate → throttle → route →
 * notify → escalate. It knows no clock and does no I/O; what it decides is collected until {@link
 * #drain}. Not safe for several threads.
 */
public final class Pipeline {

  /** Alerts of further groups are told as one. */
  static final int MOST_GROUPS = 10_000;

  /** What was decided of an alert. */
  public record Decision(String alertId, long micros, Verdict verdict) {}

  /** A notification, and when its channel may be told. */
  public record Outgoing(Notification notification, long dueMicros, List<String> alertIds) {}

  /** What has come of it. */
  public record Result(
      List<Decision> decisions,
      List<Outgoing> outgoing,
      Collection<AlertGroup> changed,
      Collection<String> removed) {

    private static final Result NOTHING = new Result(List.of(), List.of(), List.of(), List.of());

    /** Whether nothing has come of it. */
    public boolean isEmpty() {
      return decisions.isEmpty() && outgoing.isEmpty() && changed.isEmpty() && removed.isEmpty();
    }
  }

  private final Function<String, @Nullable Policy> policies;
  private final Throttle throttle = new Throttle();
  private final Map<String, AlertGroup> groups = new LinkedHashMap<>();
  private final Map<String, Verdict> last = new HashMap<>();
  private List<Decision> decisions = new ArrayList<>();
  private List<Outgoing> outgoing = new ArrayList<>();
  private Set<String> changed = new HashSet<>();
  private Set<String> removed = new HashSet<>();
  // When the first group is to be told.
  private long due = Long.MAX_VALUE;

  /**
   * @param policies the one of a name that runs, or {@code null}
   */
  public Pipeline(Function<String, @Nullable Policy> policies) {
    this.policies = policies;
  }

  /** Gives back a group after a restart. */
  public void load(AlertGroup group) {
    groups.put(group.key, group);
    due = Math.min(due, group.nextFlush);
  }

  /** Other policies run: what has lost its own is looked at next. */
  public void policiesChanged() {
    due = Long.MIN_VALUE;
  }

  /** Takes an alert that has begun to fire, has changed or has ended. */
  public void add(Alert alert, Policy policy, long now) {
    String key = Grouping.key(alert, policy);
    AlertGroup group = groups.get(key);
    if (group == null) {
      if (!alert.isActive()) {
        return;
      }
      group = Grouping.begin(alert, policy, now);
      groups.put(key, group);
      removed.remove(key);
      due = Math.min(due, group.nextFlush);
    }
    if (!alert.isActive() && !group.alerts.containsKey(alert.id())) {
      return;
    }
    group.alerts.put(alert.id(), alert);
    changed.add(key);
    decide(
        alert,
        Verdict.pass(
            Stage.GROUP,
            "in group %s, which is told at %s at the earliest"
                .formatted(key, Micros.format(group.nextFlush))),
        now);
  }

  /**
   * Tells what is due.
   *
   * @param alerts gives those that are not over; asked where a group is due
   */
  public void flush(Supplier<List<Alert>> alerts, List<Silence> silences, long now) {
    // Where time alone passes, it is called each second of it, mostly for nothing.
    List<Alert> active = null;
    Map<String, Alert> current = new HashMap<>();
    for (AlertGroup group : List.copyOf(groups.values())) {
      Policy policy = policies.apply(group.policy);
      if (policy == null) {
        end(group, now);
        continue;
      }
      // Numbers go on while a group waits; what is told is how it is now.
      escalate(group, policy, now);
      if (now >= group.nextFlush) {
        if (active == null) {
          active = alerts.get();
          active.forEach(alert -> current.put(alert.id(), alert));
        }
        group.alerts.replaceAll((id, alert) -> current.getOrDefault(id, alert));
        flush(group, policy, active, silences, now);
      }
    }
    due = Long.MAX_VALUE;
    for (AlertGroup group : groups.values()) {
      due = Math.min(due, group.nextFlush);
    }
  }

  /** The group's policy was removed, which has ended its alerts. */
  private void end(AlertGroup group, long now) {
    List<Alert> told =
        group.alerts.values().stream()
            .filter(alert -> !alert.isActive() && group.told.containsKey(alert.id()))
            .toList();
    if (!told.isEmpty()) {
      group.sequence++;
      send(group, group.channels, Reason.RESOLVED, told, Stage.NOTIFY, now);
    }
    drop(group.key);
  }

  private void drop(String key) {
    groups.remove(key);
    changed.remove(key);
    removed.add(key);
  }

  private void flush(
      AlertGroup group, Policy policy, List<Alert> active, List<Silence> silences, long now) {
    List<Alert> told = new ArrayList<>();
    for (Alert alert : group.alerts.values()) {
      Verdict stopped = stopped(alert, active, silences, now);
      if (stopped == null) {
        told.add(alert);
      } else {
        decide(alert, stopped, now);
      }
    }
    Delivery delivery = policy.delivery();
    Reason reason = Deduplicating.judge(told, group.told, group.lastTold, delivery, now);
    if (reason != null) {
      List<Alert> news =
          told.stream()
              .filter(alert -> alert.isActive() || group.told.containsKey(alert.id()))
              .toList();
      tell(group, policy, reason, news, now);
    }
    // Who ends while it is silenced has ended.
    group.alerts.values().removeIf(alert -> !alert.isActive());
    group.told.keySet().retainAll(group.alerts.keySet());
    group.escalated.retainAll(group.alerts.keySet());
    group.nextFlush = now + Grouping.micros(delivery.groupInterval());
    changed.add(group.key);
    if (group.alerts.isEmpty()) {
      drop(group.key);
    }
  }

  private @Nullable Verdict stopped(
      Alert alert, List<Alert> active, List<Silence> silences, long now) {
    Policy policy = policies.apply(alert.source().policy());
    if (policy == null) {
      return null;
    }
    for (Verdict verdict :
        List.of(
            Inhibiting.judge(alert, policy, active),
            Silencing.judge(alert, silences, now),
            Muting.judge(policy, now))) {
      if (!verdict.passed()) {
        return verdict;
      }
    }
    return null;
  }

  private void tell(AlertGroup group, Policy policy, Reason reason, List<Alert> alerts, long now) {
    Set<String> channels = new TreeSet<>(group.channels);
    for (Alert alert : alerts) {
      Policy its = policies.apply(alert.source().policy());
      channels.addAll(Routing.channels(alert, its == null ? policy : its));
    }
    group.sequence++;
    group.lastTold = now;
    group.channels = channels;
    send(group, channels, reason, alerts, Stage.NOTIFY, now);
    alerts.forEach(alert -> group.told.put(alert.id(), AlertGroup.tellable(alert)));
  }

  private void send(
      AlertGroup group,
      Set<String> channels,
      Reason reason,
      List<Alert> alerts,
      Stage stage,
      long now) {
    List<String> ids = alerts.stream().map(Alert::id).toList();
    for (String channel : channels) {
      long due = throttle.turn(channel, now);
      Notification made = Notifying.make(group, channel, reason, alerts, now);
      outgoing.add(new Outgoing(made, due, ids));
      for (Alert alert : alerts) {
        if (due > now) {
          decide(
              alert,
              Verdict.pass(
                  Stage.THROTTLE, "%s has its turn at %s".formatted(channel, Micros.format(due))),
              now);
        }
        decide(
            alert,
            Verdict.pass(
                stage,
                "%s is told: notification %s, %s".formatted(channel, made.id(), reason.jsonName())),
            now);
      }
    }
  }

  private void escalate(AlertGroup group, Policy policy, long now) {
    Delivery.Escalation escalation = policy.delivery().escalation();
    if (escalation == null || group.lastTold == 0) {
      return;
    }
    List<Alert> due = Escalating.due(escalation, group.alerts.values(), group.escalated, now);
    // What is silenced was not told, and is not escalated either.
    due = due.stream().filter(alert -> group.told.containsKey(alert.id())).toList();
    if (!due.isEmpty()) {
      group.sequence++;
      Set<String> channels = new TreeSet<>(escalation.channels());
      send(group, channels, Reason.ESCALATED, due, Stage.ESCALATE, now);
      group.channels.addAll(channels);
      due.forEach(alert -> group.escalated.add(alert.id()));
      changed.add(group.key);
    }
  }

  /** Notes a decision, unless it is the same as the one before. */
  public void decide(Alert alert, Verdict verdict, long now) {
    if (!verdict.equals(last.put(alert.id(), verdict))) {
      decisions.add(new Decision(alert.id(), now, verdict));
    }
    if (!alert.isActive()) {
      last.remove(alert.id());
    }
  }

  /** Whether any group waits for its time. */
  public boolean hasGroups() {
    return !groups.isEmpty();
  }

  /** Whether a group is to be told now. */
  public boolean isDue(long now) {
    return now >= due;
  }

  /** What has come of it since this was asked last. */
  public Result drain() {
    if (decisions.isEmpty() && outgoing.isEmpty() && changed.isEmpty() && removed.isEmpty()) {
      return Result.NOTHING;
    }
    Result result =
        new Result(
            decisions,
            outgoing,
            changed.stream().map(groups::get).filter(java.util.Objects::nonNull).toList(),
            removed);
    decisions = new ArrayList<>();
    outgoing = new ArrayList<>();
    changed = new HashSet<>();
    removed = new HashSet<>();
    return result;
  }
}
