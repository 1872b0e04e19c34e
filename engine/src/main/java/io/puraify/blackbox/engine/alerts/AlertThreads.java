package io.puraify.blackbox.engine.alerts;

import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.engine.alerts.channel.Notification;
import io.puraify.blackbox.engine.alerts.channel.Threads;
import io.puraify.blackbox.engine.state.StateDatabase;
import io.puraify.blackbox.engine.state.StateSchema;
import java.time.InstantSource;
import java.util.Optional;

/** The threads of groups of alerts, in the state database. Safe for any thread. */
public final class AlertThreads implements Threads {

  /** Its table. */
  public static final StateSchema SCHEMA =
      StateSchema.of(
          "alert threads",
          "CREATE TABLE alert_threads (channel TEXT NOT NULL, group_key TEXT NOT NULL, thread TEXT NOT"
              + " NULL, opened BIGINT NOT NULL, PRIMARY KEY (channel, group_key))");

  /** Of a group whose end was never told; as long as the history of alerts. */
  private static final long KEPT_MICROS = 30 * Micros.PER_DAY;

  private final StateDatabase state;
  private final InstantSource clock;

  public AlertThreads(StateDatabase state, InstantSource clock) {
    this.state = state;
    this.clock = clock;
  }

  @Override
  public Optional<String> find(Notification notification) {
    return state.read(handle ->
        handle
            .select(
                "SELECT thread FROM alert_threads WHERE channel = ? AND group_key = ?",
                notification.channel(),
                notification.group())
            .mapTo(String.class)
            .findOne());
  }

  @Override
  public void open(Notification notification, String thread) {
    long now = Micros.of(clock.instant());
    state.change(handle -> {
      handle.execute(
          "INSERT INTO alert_threads (channel, group_key, thread, opened) VALUES (?, ?, ?, ?) ON"
              + " CONFLICT (channel, group_key) DO UPDATE SET thread = excluded.thread, opened ="
              + " excluded.opened",
          notification.channel(),
          notification.group(),
          thread,
          now);
      handle.execute("DELETE FROM alert_threads WHERE opened < ?", now - KEPT_MICROS);
    });
  }

  @Override
  public void end(Notification notification) {
    state.change(handle ->
        handle.execute(
            "DELETE FROM alert_threads WHERE channel = ? AND group_key = ?",
            notification.channel(),
            notification.group()));
  }
}
