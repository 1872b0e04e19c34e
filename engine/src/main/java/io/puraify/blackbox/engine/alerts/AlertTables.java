package io.puraify.blackbox.engine.alerts;

import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.engine.alerts.channel.Notification;
import io.puraify.blackbox.engine.alerts.evaluate.Alert;
import io.puraify.blackbox.engine.alerts.evaluate.Evaluator;
import io.puraify.blackbox.engine.alerts.notify.AlertGroup;
import io.puraify.blackbox.engine.alerts.notify.Pipeline;
import io.puraify.blackbox.engine.state.StateSchema;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** What the dispatcher keeps, within the transaction of a handle. */
final class AlertTables {

  static final StateSchema SCHEMA =
      StateSchema.of(
          "alerts",
          "CREATE TABLE alert_series (policy TEXT NOT NULL, series TEXT NOT NULL, body BYTEA NOT NULL,"
              + " PRIMARY KEY (policy, series))",
          "CREATE TABLE alert_shapes (policy TEXT NOT NULL, shape BIGINT NOT NULL, seen BIGINT NOT"
              + " NULL, PRIMARY KEY (policy, shape))",
          "CREATE TABLE alerts (id TEXT NOT NULL, policy TEXT NOT NULL, series TEXT NOT NULL, project"
              + " TEXT NOT NULL, state TEXT NOT NULL, severity TEXT NOT NULL, started BIGINT NOT"
              + " NULL, resolved BIGINT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (id))",
          "CREATE INDEX alerts_by_start ON alerts (started, id)",
          "CREATE INDEX alerts_by_state ON alerts (state)",
          "CREATE INDEX alerts_by_series ON alerts (policy, series)",
          "CREATE TABLE alert_groups (group_key TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY"
              + " (group_key))",
          "CREATE TABLE alert_decisions (alert TEXT NOT NULL, number BIGINT NOT NULL, at BIGINT NOT"
              + " NULL, stage TEXT NOT NULL, passed BIGINT NOT NULL, reason TEXT NOT NULL, PRIMARY"
              + " KEY (alert, number))",
          "CREATE TABLE alert_notifications (id TEXT NOT NULL, channel TEXT NOT NULL, state TEXT NOT"
              + " NULL, created BIGINT NOT NULL, next_at BIGINT NOT NULL, attempts BIGINT NOT NULL,"
              + " body TEXT NOT NULL, answers TEXT NOT NULL, PRIMARY KEY (id))",
          "CREATE INDEX alert_notifications_due ON alert_notifications (state, channel, next_at)",
          "CREATE INDEX alert_notifications_by_time ON alert_notifications (created, id)",
          "CREATE TABLE alert_notified (alert TEXT NOT NULL, notification TEXT NOT NULL, PRIMARY KEY"
              + " (alert, notification))",
          "CREATE TABLE alert_inbox (notification TEXT NOT NULL, number BIGINT NOT NULL, unread"
              + " BIGINT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (notification))",
          "CREATE INDEX alert_inbox_by_number ON alert_inbox (number)",
          "CREATE INDEX alert_inbox_unread ON alert_inbox (unread)",
          "CREATE TABLE alert_silences (id TEXT NOT NULL, ends BIGINT NOT NULL, body TEXT NOT NULL,"
              + " PRIMARY KEY (id))",
          "CREATE TABLE alert_policies (policy TEXT NOT NULL, version BIGINT NOT NULL, changed BIGINT"
              + " NOT NULL, actor TEXT NOT NULL, document TEXT, PRIMARY KEY (policy, version))",
          "CREATE TABLE alert_progress (progress BIGINT NOT NULL, position BIGINT NOT NULL, PRIMARY"
              + " KEY (progress))");

  /** For so long it can be seen what happened. */
  private static final long HISTORY_MICROS = 30 * Micros.PER_DAY;

  private final Handle handle;

  AlertTables(Handle handle) {
    this.handle = handle;
  }

  /** Forgets what a policy knows of its events. */
  void removeSeries(String policy) {
    handle.execute("DELETE FROM alert_series WHERE policy = ?", policy);
    handle.execute("DELETE FROM alert_shapes WHERE policy = ?", policy);
  }

  /** Up to where decisions were made, 0 where none were. */
  long decided() {
    return handle
        .select("SELECT position FROM alert_progress WHERE progress = 1")
        .mapTo(Long.class)
        .findOne()
        .orElse(0L);
  }

  /**
   * Decisions were made up to here, and are not to be made again.
   *
   * @param position behind the last event that was looked at
   */
  void saveDecided(long position) {
    handle.execute(
        "INSERT INTO alert_progress (progress, position) VALUES (1, ?) ON CONFLICT (progress) DO"
            + " UPDATE SET position = excluded.position",
        position);
  }

  void save(Pipeline.Result result, long firstDecision) {
    long number = firstDecision;
    for (Pipeline.Decision each : result.decisions()) {
      handle.execute(
          "INSERT INTO alert_decisions (alert, number, at, stage, passed, reason) VALUES (?, ?, ?, ?,"
              + " ?, ?)",
          each.alertId(),
          number++,
          each.micros(),
          each.verdict().stage().name(),
          each.verdict().passed() ? 1 : 0,
          each.verdict().reason());
    }
    result.outgoing().forEach(this::enqueue);
    for (AlertGroup group : result.changed()) {
      handle.execute(
          "INSERT INTO alert_groups (group_key, body) VALUES (?, ?) ON CONFLICT (group_key) DO UPDATE"
              + " SET body = excluded.body",
          group.key,
          AlertJson.write(group));
    }
    for (String key : result.removed()) {
      handle.execute("DELETE FROM alert_groups WHERE group_key = ?", key);
    }
  }

  private void enqueue(Pipeline.Outgoing outgoing) {
    Notification it = outgoing.notification();
    handle.execute(
        "INSERT INTO alert_notifications (id, channel, state, created, next_at, attempts, body,"
            + " answers) VALUES (?, ?, ?, ?, ?, 0, ?, '[]') ON CONFLICT (id) DO NOTHING",
        it.id(),
        it.channel(),
        Outbox.QUEUED,
        it.created(),
        outgoing.dueMicros(),
        AlertJson.write(it));
    for (String alert : outgoing.alertIds()) {
      handle.execute(
          "INSERT INTO alert_notified (alert, notification) VALUES (?, ?) ON CONFLICT (alert,"
              + " notification) DO NOTHING",
          alert,
          it.id());
    }
  }

  /** Gives an evaluator and a pipeline what they knew. */
  void load(Evaluator evaluator, Pipeline pipeline) {
    handle
        .select("SELECT policy, series, body FROM alert_series")
        .map((row, context) -> {
          evaluator.load(row.getString(1), row.getString(2), row.getBytes(3));
          return true;
        })
        .list();
    handle
        .select("SELECT policy, shape, seen FROM alert_shapes ORDER BY seen")
        .map((row, context) -> {
          evaluator.loadShape(row.getString(1), row.getLong(2), row.getLong(3));
          return true;
        })
        .list();
    handle
        .select("SELECT body FROM alerts WHERE state <> 'resolved' ORDER BY started, id")
        .mapTo(String.class)
        .forEach(body -> evaluator.load(AlertJson.read(body, Alert.class)));
    handle
        .select("SELECT body FROM alert_groups")
        .mapTo(String.class)
        .forEach(body -> pipeline.load(AlertJson.read(body, AlertGroup.class)));
  }

  long nextDecision() {
    return handle
            .select("SELECT MAX(number) FROM alert_decisions")
            .mapTo(Long.class)
            .findOne()
            .orElse(0L)
        + 1;
  }

  /** Drops what is history for too long. */
  void forget(long now) {
    long before = now - HISTORY_MICROS;
    handle.execute(
        "DELETE FROM alert_decisions WHERE alert IN (SELECT id FROM alerts WHERE state = 'resolved'"
            + " AND resolved < ?)",
        before);
    handle.execute(
        "DELETE FROM alert_notified WHERE alert IN (SELECT id FROM alerts WHERE state = 'resolved' AND"
            + " resolved < ?)",
        before);
    handle.execute("DELETE FROM alerts WHERE state = 'resolved' AND resolved < ?", before);
    handle.execute(
        "DELETE FROM alert_notifications WHERE created < ? AND state <> ?", before, Outbox.QUEUED);
    handle.execute(
        "DELETE FROM alert_inbox WHERE notification NOT IN (SELECT id FROM alert_notifications)");
    handle.execute("DELETE FROM alert_silences WHERE ends < ?", before);
  }

  /** The newest document of each policy that was changed; {@code null} where it was removed. */
  List<PolicyVersion> newestPolicies() {
    return policies(
        "SELECT policy, version, changed, actor, document FROM alert_policies p WHERE version ="
            + " (SELECT MAX(version) FROM alert_policies q WHERE q.policy = p.policy) ORDER BY policy",
        Map.of());
  }

  List<PolicyVersion> versions(String policy) {
    return policies(
        "SELECT policy, version, changed, actor, document FROM alert_policies WHERE policy = :policy"
            + " ORDER BY version DESC",
        Map.of("policy", policy));
  }

  private List<PolicyVersion> policies(String sql, Map<String, String> bound) {
    return handle
        .createQuery(sql)
        .bindMap(bound)
        .map((row, context) ->
            new PolicyVersion(
                row.getString(1),
                row.getLong(2),
                row.getLong(3),
                row.getString(4),
                row.getString(5)))
        .list();
  }

  void save(PolicyVersion version) {
    handle.execute(
        "INSERT INTO alert_policies (policy, version, changed, actor, document) VALUES (?, ?, ?, ?,"
            + " ?)",
        version.policy(),
        version.version(),
        version.changed(),
        version.actor(),
        version.document());
  }
}
