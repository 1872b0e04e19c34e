package io.puraify.blackbox.engine.alerts;

import io.puraify.blackbox.engine.alerts.channel.Channel;
import io.puraify.blackbox.engine.alerts.channel.Notification;
import io.puraify.blackbox.engine.outgoing.Answer;
import io.puraify.blackbox.engine.state.StateDatabase;
import java.util.List;

/** The channel of the UI: what was told, the newest first, and whether somebody has read it. */
public final class Inbox implements Channel {

  /** The channel's name and kind. */
  public static final String NAME = "ui";

  private final StateDatabase state;
  private final Signal signal;
  private volatile boolean closed;

  public Inbox(StateDatabase state, Signal signal) {
    this.state = state;
    this.signal = signal;
  }

  /**
   * An entry.
   *
   * @param number later ones have higher ones
   */
  public record Entry(long number, boolean unread, Notification notification) {}

  /** Some entries, and how many there are that nobody has read. */
  public record Page(List<Entry> entries, long unread) {}

  @Override
  public String kind() {
    return NAME;
  }

  @Override
  public Answer deliver(Notification notification) {
    state.change(handle ->
        handle.execute(
            "INSERT INTO alert_inbox (notification, number, unread, body) VALUES (?, (SELECT"
                + " COALESCE(MAX(number), 0) + 1 FROM alert_inbox), 1, ?) ON CONFLICT (notification)"
                + " DO NOTHING",
            notification.id(),
            AlertJson.write(notification)));
    signal.raise();
    return Answer.delivered("in the inbox");
  }

  /**
   * The newest entries below a number.
   *
   * @param before a number; {@code Long.MAX_VALUE} for the newest
   */
  public Page page(long before, int limit) {
    return state.read(handle ->
        new Page(
            handle
                .select(
                    "SELECT number, unread, body FROM alert_inbox WHERE number < ? ORDER BY number DESC"
                        + " LIMIT ?",
                    before,
                    limit)
                .map((row, context) ->
                    new Entry(
                        row.getLong(1),
                        row.getLong(2) == 1,
                        AlertJson.read(row.getString(3), Notification.class)))
                .list(),
            unread(handle)));
  }

  /** The entries behind a number, the oldest first. */
  public Page after(long number, int limit) {
    return state.read(handle ->
        new Page(
            handle
                .select(
                    "SELECT number, unread, body FROM alert_inbox WHERE number > ? ORDER BY number"
                        + " LIMIT ?",
                    number,
                    limit)
                .map((row, context) ->
                    new Entry(
                        row.getLong(1),
                        row.getLong(2) == 1,
                        AlertJson.read(row.getString(3), Notification.class)))
                .list(),
            unread(handle)));
  }

  private static long unread(org.jdbi.v3.core.Handle handle) {
    return handle
        .select("SELECT COUNT(*) FROM alert_inbox WHERE unread = 1")
        .mapTo(Long.class)
        .one();
  }

  /** Marks all up to a number as read, and says how many are not. */
  public long read(long upTo) {
    long unread =
        state.write(handle -> {
          handle.execute(
              "UPDATE alert_inbox SET unread = 0 WHERE unread = 1 AND number <= ?", upTo);
          return unread(handle);
        });
    signal.raise();
    return unread;
  }

  /** Whether those who read along have to stop. */
  public boolean isClosed() {
    return closed;
  }

  /** Makes those who read along stop; entries are still taken. Closing twice is fine. */
  public void close() {
    closed = true;
    signal.raise();
  }
}
