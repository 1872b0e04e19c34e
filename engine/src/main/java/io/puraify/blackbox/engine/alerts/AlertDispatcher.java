package io.puraify.blackbox.engine.alerts;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.puraify.blackbox.core.EventBatch;
import io.puraify.blackbox.core.EventBlock;
import io.puraify.blackbox.core.Health;
import io.puraify.blackbox.core.JournalConsumer;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Position;
import io.puraify.blackbox.engine.alerts.evaluate.Alert;
import io.puraify.blackbox.engine.alerts.evaluate.Evaluator;
import io.puraify.blackbox.engine.alerts.evaluate.Transition;
import io.puraify.blackbox.engine.alerts.notify.Pipeline;
import io.puraify.blackbox.engine.alerts.notify.Silence;
import io.puraify.blackbox.engine.alerts.notify.Verdict;
import io.puraify.blackbox.engine.alerts.policy.Policy;
import io.puraify.blackbox.engine.state.StateDatabase;
import io.puraify.blackbox.engine.state.StateSchema;
import io.puraify.blackbox.engine.state.StoredPosition;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates the policies over the journal and decides who is told: a consumer whose effect and
 * position are in the state database. Safe for any thread.
 *
 * <p>What is evaluated lies in memory, ahead of what is stored. Decisions are stored at once, with
 * how far they were made; what was merely counted is stored every five seconds, and the consumer's
 * position with it, so that quiet policies cost few syncs of the disk and a decision in a flood
 * does not wait for thousands of counts. Where storing fails, nothing is forgotten: the next
 * attempt stores it. After a crash the journal is read again from the position on: up to where
 * decisions were made events are only counted, behind that they are evaluated. That gives the same
 * result, since time is that of receipt.
 */
public final class AlertDispatcher implements JournalConsumer {

  /** The name of the consumer. */
  public static final String NAME = "alerts";

  /** Its tables. */
  public static final StateSchema SCHEMA = AlertTables.SCHEMA;

  private static final Duration LINGER = Duration.ofMillis(20);
  private static final long SAVE_MICROS = 5_000_000;
  private static final int REST_SHARE = 4;
  private static final long MOST_REST_MICROS = 1_000_000;
  private static final long FORGET_MICROS = 3_600_000_000L;

  private final StateDatabase state;
  private final StoredPosition position;
  private final InstantSource clock;
  private final LongSupplier journalEnd;
  private final Signal signal = new Signal();
  private final AlertRun run = new AlertRun();
  private final Evaluator evaluator = run.evaluator();
  private final Pipeline pipeline = run.pipeline();
  private final Counter fired;

  // Guarded by this, as are the evaluator and the pipeline.
  private final Map<String, Alert> ended = new HashMap<>();
  private List<Pipeline.Result> results = new ArrayList<>();
  private List<Silence> silences = List.of();
  private long evaluated;
  // Behind the last event that what is stored has decided on.
  private long decided;
  private long nextDecision;
  private long committed;
  private long saved;
  private long restMicros;
  private long forgotten;
  private volatile long active;

  // Since when storing fails, in microseconds since the epoch; 0 where it does not.
  private volatile long failingSince;

  /**
   * @param journalEnd the position behind the last durable event: what is evaluated up to there is
   *     all that came
   */
  public AlertDispatcher(
      StateDatabase state, InstantSource clock, LongSupplier journalEnd, MeterRegistry registry) {
    this.state = state;
    this.position = new StoredPosition(state, NAME);
    this.clock = clock;
    this.journalEnd = journalEnd;
    this.fired =
        Counter.builder("blackbox.alerts.fired")
            .description("Alerts that began to fire")
            .register(registry);
    Gauge.builder("blackbox.alerts.active", this, it -> (double) it.active)
        .description("Alerts that are pending or firing")
        .register(registry);
    Gauge.builder("blackbox.alerts.unstored.seconds", this, AlertDispatcher::unstoredSeconds)
        .description("How long decisions wait to be stored, as on a full disk")
        .register(registry);
  }

  /**
   * Reads what is stored.
   *
   * @param first the oldest event that the journal still has
   * @param policies that run
   * @param silences that are in force or to come
   */
  public synchronized void start(Position first, List<Policy> policies, List<Silence> silences) {
    position.start(first);
    evaluated = position.position().value();
    this.silences = List.copyOf(silences);
    run.use(policies);
    state.change(handle -> {
      AlertTables tables = new AlertTables(handle);
      tables.load(evaluator, pipeline);
      nextDecision = tables.nextDecision();
      decided = Math.min(tables.decided(), journalEnd.getAsLong());
    });
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Position position() {
    return position.position();
  }

  private double unstoredSeconds() {
    long since = failingSince;
    return since == 0 ? 0 : (double) (Micros.of(clock.instant()) - since) / 1e6;
  }

  /** Whether what is decided can be stored, without which nobody is told of it. */
  public Health check() {
    long since = failingSince;
    return since == 0
        ? Health.up("alerts are stored")
        : Health.down(
            "since %s alerts cannot be stored, and nobody is told of new ones; make room for alerts.sqlite"
                .formatted(Micros.format(since)));
  }

  /** Somebody waits to be told, however long it took to store what came before. */
  @Override
  public Duration longestLinger() {
    return LINGER;
  }

  /** Raised whenever something was stored that somebody can see. */
  public Signal signal() {
    return signal;
  }

  @Override
  public synchronized void apply(EventBatch batch) {
    for (EventBlock block : batch.blocks()) {
      long skipped = Math.max(0, evaluated - block.first().value());
      if (skipped < block.rows()) {
        take(block, (int) skipped);
      }
    }
    settle();
  }

  private void take(EventBlock block, int from) {
    long first = block.first().value();
    int known = Math.clamp(decided - first, from, block.rows());
    if (known > from) {
      evaluator.addAgain(block, from, known);
      evaluated = first + known;
      if (evaluated >= decided) {
        evaluator.caughtUp();
      }
    }
    if (known < block.rows()) {
      evaluator.add(block, known);
      evaluated = block.end().value();
      collect();
    }
  }

  /**
   * Turns to the time that it is now, where all that came is evaluated; to be called several times
   * a second.
   */
  public synchronized void tick() {
    if (evaluated < decided) {
      return;
    }
    if (evaluated >= journalEnd.getAsLong()) {
      evaluator.advance(Micros.of(clock.instant()));
    }
    collect();
    settle();
  }

  /** Lets the pipeline decide what comes of what has happened. */
  private void collect() {
    Pipeline.Result result =
        run.decide(
            silences,
            transition -> {
              if (transition.kind() == Transition.Kind.FIRED) {
                fired.increment();
              }
              Alert alert = transition.alert();
              if (!alert.isActive()) {
                ended.put(alert.id(), alert);
              }
            });
    if (!result.isEmpty()) {
      results.add(result);
    }
  }

  /**
   * Stores decisions soon, and everything else now and then. In a flood no more than a fifth of the
   * time is spent on storing decisions.
   */
  private void settle() {
    long wall = Micros.of(clock.instant());
    boolean visible = !results.isEmpty() || !ended.isEmpty();
    boolean rested = Math.abs(wall - committed) >= restMicros;
    boolean behind = evaluated > position.position().value() || evaluator.isUnsaved();
    long unsaved = behind ? Math.abs(wall - saved) : 0;
    // Everything takes longer: nobody who is to be told waits for it, unless that goes on and on.
    if (visible && rested && unsaved < 2 * SAVE_MICROS) {
      long began = System.nanoTime();
      commit(wall, false, handle -> {});
      long took = (System.nanoTime() - began) / 1_000;
      restMicros = Math.min(REST_SHARE * took, MOST_REST_MICROS);
    } else if (unsaved >= SAVE_MICROS) {
      commit(wall, true, handle -> {});
    }
  }

  /**
   * Stores decisions, or everything.
   *
   * @param whole whether what was merely counted is stored as well, and the position moves
   */
  private void commit(long wall, boolean whole, Consumer<Handle> more) {
    boolean visible = !results.isEmpty() || !ended.isEmpty();
    long first = nextDecision;
    Position end = whole ? new Position(evaluated) : position.position();
    try {
      position.commit(end, handle -> store(handle, first, wall, whole, more));
    } catch (RuntimeException e) {
      failingSince = failingSince == 0 ? wall : failingSince;
      throw e;
    }
    failingSince = 0;
    nextDecision += results.stream().mapToLong(result -> result.decisions().size()).sum();
    results = new ArrayList<>();
    ended.clear();
    decided = Math.max(decided, evaluated);
    evaluator.decidedSaved();
    if (whole) {
      evaluator.saved();
      saved = wall;
    }
    committed = wall;
    active = evaluator.alerts().size();
    if (visible) {
      signal.raise();
    }
  }

  private void store(
      Handle handle, long firstDecision, long wall, boolean whole, Consumer<Handle> more) {
    AlertTables tables = new AlertTables(handle);
    try (SeriesTables series = new SeriesTables(handle)) {
      if (whole) {
        evaluator.save(series, evaluated);
      } else {
        evaluator.saveDecided(series, evaluated);
      }
      ended.values().forEach(series::save);
    }
    tables.saveDecided(Math.max(decided, evaluated));
    long number = firstDecision;
    for (Pipeline.Result result : results) {
      tables.save(result, number);
      number += result.decisions().size();
    }
    more.accept(handle);
    if (wall >= forgotten + FORGET_MICROS) {
      forgotten = wall;
      tables.forget(wall);
    }
  }

  /** Replaces the policies, in one transaction with what is stored of the change. */
  synchronized void use(List<Policy> policies, String changedPolicy, Consumer<Handle> change) {
    Policy before = evaluator.policy(changedPolicy);
    Policy after =
        policies.stream().filter(each -> each.name().equals(changedPolicy)).findAny().orElse(null);
    boolean anew = before != null && (after == null || !after.watchesTheSameAs(before));
    // Together with what was evaluated by the policies before.
    commit(
        Micros.of(clock.instant()),
        true,
        handle -> {
          change.accept(handle);
          if (anew) {
            new AlertTables(handle).removeSeries(changedPolicy);
          }
        });
    run.use(policies);
    collect();
    commit(Micros.of(clock.instant()), true, handle -> {});
  }

  /** Replaces the silences, in one transaction with what is stored of the change. */
  synchronized void use(List<Silence> newSilences, Consumer<Handle> change) {
    commit(Micros.of(clock.instant()), false, change);
    silences = List.copyOf(newSilences);
  }

  /** The policies that run. */
  public synchronized List<Policy> policies() {
    return evaluator.policies();
  }

  /** The alerts that are not over, as they are now. */
  public synchronized List<Alert> active() {
    return evaluator.alerts();
  }

  /** Acknowledges an alert that fires; empty where there is none of this id. */
  public Optional<Alert> acknowledge(String id, String actor, @Nullable String comment) {
    return change(
        id, actor, "acknowledged", alert -> alert.acknowledged(actor, comment, evaluator.now()));
  }

  /** Ends an alert; empty where there is none of this id. */
  public Optional<Alert> resolve(String id, String actor, @Nullable String comment) {
    return change(id, actor, "resolved", alert -> alert.resolved(actor, comment, evaluator.now()));
  }

  private synchronized Optional<Alert> change(
      String id, String actor, String what, UnaryOperator<Alert> change) {
    if (evaluated >= journalEnd.getAsLong()) {
      evaluator.advance(Micros.of(clock.instant()));
    }
    collect();
    Optional<Alert> found =
        evaluator.alerts().stream().filter(alert -> alert.id().equals(id)).findAny();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Alert after = change.apply(found.get());
    evaluator.replace(after);
    Verdict verdict = new Verdict(Verdict.Stage.EVALUATE, true, what + " by " + actor);
    pipeline.decide(after, verdict, evaluator.now());
    Policy policy = evaluator.policy(after.source().policy());
    if (policy != null) {
      pipeline.add(after, policy, evaluator.now());
    }
    if (!after.isActive()) {
      ended.put(after.id(), after);
    }
    collect();
    commit(Micros.of(clock.instant()), false, handle -> {});
    return Optional.of(after);
  }
}
