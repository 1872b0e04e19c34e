package io.puraify.blackbox.engine.alerts;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.engine.alerts.channel.Channel;
import io.puraify.blackbox.engine.alerts.channel.Notification;
import io.puraify.blackbox.engine.outgoing.Answer;
import io.puraify.blackbox.engine.outgoing.Backoff;
import io.puraify.blackbox.engine.state.StateDatabase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what the pipeline has decided to tell, from the state database, each channel on a thread
 * of its own. An attempt is stored when it has been answered: after a crash between both it is made
 * again, under the same idempotency key. Where it cannot be stored, as on a full disk, its answer
 * is remembered, and the channel is told nothing more until it is. Safe for any thread.
 */
public final class Outbox implements AutoCloseable {

  static final String QUEUED = "queued";
  static final String DELIVERED = "delivered";
  static final String FAILED = "failed";

  private static final Logger log = LoggerFactory.getLogger(Outbox.class);

  /** After a day nobody needs to be told any more; the history says that it was given up. */
  private static final Duration GIVE_UP = Duration.ofDays(1);

  private static final int AT_ONCE = 50;
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration IDLE = Duration.ofSeconds(30);

  /** So many answers are kept of each notification: the last ones. */
  private static final int MOST_ANSWERS = 20;

  /** One attempt to deliver. */
  public record Attempt(long micros, String outcome, String answer) {}

  private record Due(String id, long created, long attempts, String body, String answers) {}

  private record Attempts(List<Attempt> attempts) {}

  private record Answered(Due due, Answer answer) {}

  private final StateDatabase state;
  private final Map<String, Channel> channels;
  private final InstantSource clock;
  private final Signal signal;
  private final MeterRegistry registry;
  private final List<Thread> threads = new ArrayList<>();

  /** What was answered and is not stored yet, by channel: one each. */
  private final Map<String, Answered> unstored = new ConcurrentHashMap<>();

  private volatile boolean closing;

  /**
   * @param channels by name
   * @param signal raised when something is queued, and by this when it is delivered
   */
  public Outbox(
      StateDatabase state,
      Map<String, Channel> channels,
      InstantSource clock,
      Signal signal,
      MeterRegistry registry) {
    this.state = state;
    this.channels = Map.copyOf(new TreeMap<>(channels));
    this.clock = clock;
    this.signal = signal;
    this.registry = registry;
  }

  /** The channels by name. */
  public Map<String, Channel> channels() {
    return channels;
  }

  private Counter attempts(String channel, Answer.Outcome outcome) {
    return Counter.builder("blackbox.alerts.attempts")
        .description("Attempts to deliver a notification")
        .tag("channel", channel)
        .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
        .register(registry);
  }

  /** Begins to deliver. */
  public void start() {
    for (String channel : channels.keySet()) {
      for (Answer.Outcome outcome : Answer.Outcome.values()) {
        var _ = attempts(channel, outcome);
      }
    }
    channels
        .keySet()
        .forEach(
            name -> threads.add(Thread.ofVirtual().name("alerts-" + name).start(() -> run(name))));
  }

  private void run(String name) {
    boolean failing = false;
    try {
      while (!closing) {
        long known = signal.changes();
        boolean waiting = true;
        try {
          waiting = deliver(name) > 0;
          failing = false;
        } catch (RuntimeException e) {
          // Once, and not twice a second, as long as a disk is full.
          if (!failing) {
            log.error("the outbox of channel {} failed; it is tried again", name, e);
          }
          failing = true;
        }
        signal.await(known, waiting ? LOOK : IDLE);
      }
    } catch (InterruptedException e) {
      // Only close() interrupts; what is queued is delivered after the next start.
      log.debug("the outbox of channel {} stops", name);
    }
  }

  /**
   * Attempts everything that is due on a channel, once.
   *
   * @return how many notifications are still queued there
   */
  long deliver(String name) throws InterruptedException {
    Answered before = unstored.get(name);
    if (before != null) {
      record(name, before.due(), before.answer());
    }
    long now = Micros.of(clock.instant());
    List<Due> due =
        state.read(handle ->
            handle
                .select(
                    "SELECT id, created, attempts, body, answers FROM alert_notifications WHERE state ="
                        + " ? AND channel = ? AND next_at <= ? ORDER BY next_at, created, id LIMIT ?",
                    QUEUED,
                    name,
                    now,
                    AT_ONCE)
                .map((row, context) ->
                    new Due(
                        row.getString(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getString(4),
                        row.getString(5)))
                .list());
    for (Due each : due) {
      attempt(name, each);
    }
    return state.read(handle ->
        handle
            .select(
                "SELECT COUNT(*) FROM alert_notifications WHERE state = ? AND channel = ?",
                QUEUED,
                name)
            .mapTo(Long.class)
            .one());
  }

  private void attempt(String name, Due due) throws InterruptedException {
    Answer answer;
    try {
      Channel channel = channels.get(name);
      answer =
          channel == null
              ? Answer.refused("there is no channel '%s' any more".formatted(name))
              : channel.deliver(AlertJson.read(due.body(), Notification.class));
    } catch (RuntimeException e) {
      log.error("channel {} failed", name, e);
      answer = Answer.retry("%s: %s".formatted(e.getClass().getSimpleName(), e.getMessage()));
    }
    unstored.put(name, new Answered(due, answer));
    record(name, due, answer);
  }

  private void record(String name, Due due, Answer answer) {
    long now = Micros.of(clock.instant());
    long attempts = due.attempts() + 1;
    long next =
        now + Backoff.after(attempts, answer, ThreadLocalRandom.current()).toNanos() / 1_000;
    boolean late = next - due.created() > GIVE_UP.toNanos() / 1_000;
    String after =
        switch (answer.outcome()) {
          case DELIVERED -> DELIVERED;
          case RETRY -> late ? FAILED : QUEUED;
          case REFUSED -> FAILED;
        };
    String outcome = answer.outcome().name().toLowerCase(Locale.ROOT);
    List<Attempt> made = new ArrayList<>(attempts(due.answers()));
    made.add(new Attempt(now, outcome, answer.text()));
    List<Attempt> kept = made.subList(Math.max(0, made.size() - MOST_ANSWERS), made.size());
    state.change(handle ->
        handle.execute(
            "UPDATE alert_notifications SET state = ?, attempts = ?, next_at = ?, answers = ? WHERE id"
                + " = ?",
            after,
            attempts,
            after.equals(QUEUED) ? next : now,
            AlertJson.write(kept),
            due.id()));
    unstored.remove(name);
    attempts(name, answer.outcome()).increment();
    if (!after.equals(QUEUED)) {
      signal.raise();
    }
    if (after.equals(FAILED)) {
      log.warn("notification {} to {} is given up: {}", due.id(), name, answer.text());
    }
  }

  static List<Attempt> attempts(String json) {
    return AlertJson.read("{\"attempts\":" + json + "}", Attempts.class).attempts();
  }

  /** Stops when what is under way is answered. Closing twice is fine. */
  @Override
  public void close() {
    closing = true;
    threads.forEach(Thread::interrupt);
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
