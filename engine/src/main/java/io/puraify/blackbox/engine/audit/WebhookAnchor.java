package io.puraify.blackbox.engine.audit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.engine.outgoing.Backoff;
import io.puraify.blackbox.engine.state.StateDatabase;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells somebody outside of each checkpoint, in order, until they have it: who sets the whole data
 * folder back to an older state is found out by them. Which they have is stored, so that it goes on
 * there after a restart. Runs on a thread of its own, so that signing never waits for it.
 */
public final class WebhookAnchor implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(WebhookAnchor.class);

  /** Checkpoints are made once a minute. */
  private static final Duration POLL = Duration.ofSeconds(1);

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  /** How many are read at once; each is told on its own. */
  private static final int SOME = 100;

  private static final long CLOSE_SECONDS = 15;

  private final StateDatabase state;
  private final String url;
  private final AnchorReceiver receiver;
  private final AtomicLong behind = new AtomicLong();
  private final CountDownLatch closing = new CountDownLatch(1);
  private @Nullable Thread thread;

  // Known to the thread alone.
  private int failures;

  /**
   * Tells a receiver; {@link #start} begins.
   *
   * @param state which has the tables of {@link AuditConsumer}
   * @param url by which the receiver is known: another one is told from the first checkpoint on
   */
  public WebhookAnchor(
      StateDatabase state, String url, AnchorReceiver receiver, MeterRegistry registry) {
    this.state = state;
    this.url = url;
    this.receiver = receiver;
    Gauge.builder("blackbox.audit.anchor.lag", behind, AtomicLong::doubleValue)
        .description("Checkpoints that the receiver of audit.anchor.url does not have yet")
        .baseUnit("checkpoints")
        .register(registry);
  }

  /** Begins to tell what is not known yet. */
  public void start() {
    thread = Thread.ofPlatform().name("audit-anchor").start(this::run);
  }

  private void run() {
    try {
      Duration pause = Duration.ZERO;
      while (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        pause = step();
      }
      // What was signed at the end; somebody who is away is told after the next start.
      if (failures == 0) {
        var _ = step();
      }
    } catch (InterruptedException e) {
      log.debug("the audit trail's anchor was interrupted", e);
    }
  }

  /**
   * Tells what there is.
   *
   * @return how long to wait before the next time
   */
  Duration step() throws InterruptedException {
    try {
      List<Checkpoint> some = read(tables -> tables.checkpoints(tables.anchored(url), SOME));
      for (Checkpoint each : some) {
        AnchorReceiver.Reply reply = receiver.tell(key(each), body(each));
        if (!reply.accepted()) {
          return failed(each, reply);
        }
        accepted(each);
      }
      measure();
      return some.size() == SOME ? Duration.ZERO : POLL;
    } catch (RuntimeException e) {
      failures++;
      log.error("checkpoints of the audit trail could not be anchored; it is tried again", e);
      return wait(failures);
    }
  }

  private Duration failed(Checkpoint checkpoint, AnchorReceiver.Reply reply) {
    failures++;
    measure();
    String what = "checkpoint {} is not anchored at audit.anchor.url: {}; it is tried again";
    // Once, and not at each attempt, as long as the other side is away.
    if (failures == 1) {
      log.warn(what, checkpoint.content().number(), reply.text());
    } else {
      log.debug(what, checkpoint.content().number(), reply.text());
    }
    Duration asked = reply.retryAfter();
    return asked == null ? wait(failures) : Backoff.atLeastFirst(asked);
  }

  private void accepted(Checkpoint checkpoint) {
    long number = checkpoint.content().number();
    state.change(handle -> new AuditTables(handle).anchor(url, number + 1));
    if (failures > 0) {
      log.info("checkpoints are anchored at audit.anchor.url again, from {} on", number);
    }
    failures = 0;
  }

  private void measure() {
    behind.set(
        read(tables ->
            tables.lastCheckpoint().map(last -> last.content().number() + 1).orElse(0L)
                - tables.anchored(url)));
  }

  private <T> T read(Function<AuditTables, T> query) {
    return state.read(handle -> query.apply(new AuditTables(handle)));
  }

  /** Twice as long each time, up to some minutes. */
  static Duration wait(int failures) {
    Duration doubled = FIRST.multipliedBy(1L << Math.min(failures - 1, 20));
    return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
  }

  private static String key(Checkpoint checkpoint) {
    return "checkpoint-%d-%s"
        .formatted(
            checkpoint.content().number(), HexFormat.of().formatHex(checkpoint.hash(), 0, 8));
  }

  private static byte[] body(Checkpoint checkpoint) {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("kind", "audit_checkpoint");
    json.put("number", checkpoint.content().number());
    json.put("time", Micros.format(checkpoint.content().micros()));
    json.put("position", checkpoint.content().position());
    json.put("checkpoint", CheckpointLine.of(checkpoint));
    return JsonMapper.shared().writeValueAsBytes(json);
  }

  /** Tells what is new, unless the other side is away, and stops. Closing twice is fine. */
  @Override
  public void close() {
    closing.countDown();
    Thread running = thread;
    if (running == null) {
      return;
    }
    try {
      if (!running.join(Duration.ofSeconds(CLOSE_SECONDS))) {
        running.interrupt();
      }
    } catch (InterruptedException e) {
      running.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
