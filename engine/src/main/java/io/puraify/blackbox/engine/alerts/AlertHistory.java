package io.puraify.blackbox.engine.alerts;

import io.puraify.blackbox.engine.alerts.channel.Notification;
import io.puraify.blackbox.engine.alerts.evaluate.Alert;
import io.puraify.blackbox.engine.state.StateDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Answers what alerts there were, what was decided of them and who was told. Safe for any thread.
 */
public final class AlertHistory {

  private static final int MOST_DECISIONS = 1_000;

  private final StateDatabase state;

  public AlertHistory(StateDatabase state) {
    this.state = state;
  }

  /**
   * Which alerts are asked for; {@code null} for any.
   *
   * @param state as in JSON
   * @param before the alert that the page before ended with, as {@code STARTED/ID}
   */
  public record AlertQuery(
      @Nullable String state,
      @Nullable String severity,
      @Nullable String project,
      @Nullable String policy,
      @Nullable String before,
      int limit) {}

  /** A decision of a stage. */
  public record Decided(long micros, String stage, boolean passed, String reason) {}

  /**
   * A notification and what became of it.
   *
   * @param nextMicros when it is attempted next, or was last
   */
  public record Told(
      Notification notification,
      String state,
      long attempts,
      long nextMicros,
      List<Outbox.Attempt> answers) {}

  /** Everything about an alert. */
  public record Explanation(Alert alert, List<Decided> decisions, List<Told> notifications) {}

  /** A page of alerts, the newest first. */
  public List<Alert> alerts(AlertQuery query) {
    Map<String, Object> bound = new TreeMap<>();
    List<String> conditions = new ArrayList<>(List.of("1 = 1"));
    equal(conditions, bound, "state", query.state());
    equal(conditions, bound, "severity", query.severity());
    equal(conditions, bound, "project", query.project());
    equal(conditions, bound, "policy", query.policy());
    String before = query.before();
    if (before != null) {
      int slash = before.indexOf('/');
      conditions.add("(started, id) < (:started, :id)");
      bound.put("started", Long.parseLong(before.substring(0, slash)));
      bound.put("id", before.substring(slash + 1));
    }
    String sql =
        "SELECT body FROM alerts WHERE %s ORDER BY started DESC, id DESC LIMIT %d"
            .formatted(String.join(" AND ", conditions), query.limit());
    return state.read(handle ->
        handle
            .createQuery(sql)
            .bindMap(bound)
            .map((row, context) -> AlertJson.read(row.getString(1), Alert.class))
            .list());
  }

  private static void equal(
      List<String> conditions, Map<String, Object> bound, String column, @Nullable String value) {
    if (value != null) {
      conditions.add(column + " = :" + column);
      bound.put(column, value);
    }
  }

  public Optional<Alert> find(String id) {
    return state.read(handle -> find(handle, id));
  }

  private static Optional<Alert> find(Handle handle, String id) {
    return handle
        .select("SELECT body FROM alerts WHERE id = ?", id)
        .map((row, context) -> AlertJson.read(row.getString(1), Alert.class))
        .findOne();
  }

  /** The newest alert of a policy's series, with who was told. */
  public Optional<Explanation> newest(String policy, String series) {
    return state.read(handle ->
        handle
            .select(
                "SELECT id FROM alerts WHERE policy = ? AND series = ? ORDER BY started DESC LIMIT 1",
                policy,
                series)
            .mapTo(String.class)
            .findOne()
            .flatMap(id -> explain(handle, id)));
  }

  /** Why an alert was told, or was not. */
  public Optional<Explanation> explain(String id) {
    return state.read(handle -> explain(handle, id));
  }

  private static Optional<Explanation> explain(Handle handle, String id) {
    return find(handle, id)
        .map(alert ->
            new Explanation(
                alert,
                handle
                    .select(
                        "SELECT at, stage, passed, reason FROM alert_decisions WHERE alert = ? ORDER BY"
                            + " number LIMIT ?",
                        id,
                        MOST_DECISIONS)
                    .map((row, context) ->
                        new Decided(
                            row.getLong(1),
                            row.getString(2),
                            row.getLong(3) == 1,
                            row.getString(4)))
                    .list(),
                told(
                    handle,
                    "id IN (SELECT notification FROM alert_notified WHERE alert = :alert)",
                    Map.of("alert", id),
                    MOST_DECISIONS)));
  }

  /**
   * Notifications, the newest first; {@code null} for any.
   *
   * @param state {@code queued}, {@code delivered} or {@code failed}
   */
  public List<Told> notifications(@Nullable String channel, @Nullable String state, int limit) {
    Map<String, Object> bound = new TreeMap<>();
    List<String> conditions = new ArrayList<>(List.of("1 = 1"));
    equal(conditions, bound, "channel", channel);
    equal(conditions, bound, "state", state);
    return this.state.read(handle -> told(handle, String.join(" AND ", conditions), bound, limit));
  }

  private static List<Told> told(
      Handle handle, String condition, Map<String, Object> bound, int limit) {
    return handle
        .createQuery(
            "SELECT body, state, attempts, next_at, answers FROM alert_notifications WHERE %s ORDER BY"
                    .formatted(condition)
                + " created DESC, id LIMIT "
                + limit)
        .bindMap(bound)
        .map((row, context) ->
            new Told(
                AlertJson.read(row.getString(1), Notification.class),
                row.getString(2),
                row.getLong(3),
                row.getLong(4),
                Outbox.attempts(row.getString(5))))
        .list();
  }
}
