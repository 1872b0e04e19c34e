package io.puraify.blackbox.engine.alerts.evaluate;

import io.puraify.blackbox.core.EventBlock;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.engine.alerts.policy.Policy;
import io.puraify.blackbox.engine.match.BlockView;
import io.puraify.blackbox.engine.match.FilterIndex;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * All policies at work on the journal's blocks. It knows no clock: time is that of receipt, and
 * what it is told when nothing comes. Nothing is read or written here; {@link #save} gives what has
 * changed. Not safe for several threads.
 */
public final class Evaluator {

  /** How often it is looked at what changes by time alone. */
  public static final long TICK_MICROS = 1_000_000;

  private static final long FORGET_MICROS = 60 * TICK_MICROS;

  private final Map<String, Watch> watches = new LinkedHashMap<>();
  private List<Watch> enabled = List.of();
  private FilterIndex index = new FilterIndex(List.of());
  private @Nullable BlockView view;
  private List<Transition> transitions = new ArrayList<>();
  private long now;
  private long ticked;
  private long forgotten;

  /**
   * Replaces the policies. What is known of a policy's events stays where it watches the same ones;
   * else its alerts end.
   */
  public void use(List<Policy> policies) {
    Map<String, Watch> before = new HashMap<>(watches);
    watches.clear();
    for (Policy policy : policies) {
      Watch watch = new Watch(policy);
      Watch old = before.remove(policy.name());
      if (old != null && policy.enabled() && old.policy.watchesTheSameAs(policy)) {
        watch.takeOver(old);
      } else if (old != null) {
        end(old);
      }
      if (policy.enabled()) {
        watch.begin(now);
      }
      watches.put(policy.name(), watch);
    }
    before.values().forEach(this::end);
    enabled = watches.values().stream().filter(watch -> watch.policy.enabled()).toList();
    List<Filter> filters = enabled.stream().map(watch -> watch.policy.match()).toList();
    index = new FilterIndex(filters);
  }

  private void end(Watch watch) {
    for (Alert alert : watch.alerts()) {
      transitions.add(
          new Transition(
              alert.resolved("policy_changed", null, now),
              watch.policy,
              Transition.Kind.RESOLVED,
              now));
    }
  }

  /** Gives back what {@link #save} gave, after a restart. */
  public void load(String policy, String key, byte[] series) {
    Watch watch = watches.get(policy);
    if (watch != null) {
      watch.load(key, series);
    }
  }

  /** The same for an alert that is not over; after its series. */
  public void load(Alert alert) {
    Watch watch = watches.get(alert.source().policy());
    if (watch != null) {
      watch.load(alert);
    }
    now = Math.max(now, alert.times().lastEvent());
  }

  /** The same for a kind of error. */
  public void loadShape(String policy, long shape, long micros) {
    Watch watch = watches.get(policy);
    if (watch != null) {
      watch.loadShape(shape, micros);
    }
  }

  /**
   * Takes in a block.
   *
   * @param from the first row that was not taken in before
   */
  public void add(EventBlock block, int from) {
    advance(block.receivedAtMicros());
    BlockView rows = viewOf(block);
    BitSet candidates = index.candidates(rows);
    for (int each = candidates.nextSetBit(0); each >= 0; each = candidates.nextSetBit(each + 1)) {
      Watch watch = enabled.get(each);
      watch.beginBlock();
      index.forEachRow(each, rows, from, row -> watch.add(rows, row, now));
      watch.look(rows, now, transitions);
    }
  }

  /** What happens around the moments of stored events. */
  public interface Moments {

    /** Lets time pass up to a moment. */
    void turnTo(long micros);

    /** What has come of a moment can be drained. */
    void passed();
  }

  /**
   * Takes in a block of stored events, oldest first, whose own times take the place of the time of
   * receipt.
   *
   * @param ends behind the last row of each moment: rows between two of them count as of the time
   *     of the last one
   */
  public void addStored(EventBlock block, int[] ends, Moments moments) {
    BlockView rows = viewOf(block);
    int[] candidates = index.candidates(rows).stream().toArray();
    int[][] meant = new int[candidates.length][];
    for (int i = 0; i < candidates.length; i++) {
      IntStream.Builder found = IntStream.builder();
      index.forEachRow(candidates[i], rows, 0, found::add);
      meant[i] = found.build().toArray();
      enabled.get(candidates[i]).beginBlock();
    }
    int[] next = new int[candidates.length];
    for (int end : ends) {
      moments.turnTo(block.integer(Field.TIMESTAMP, end - 1));
      for (int i = 0; i < candidates.length; i++) {
        Watch watch = enabled.get(candidates[i]);
        for (; next[i] < meant[i].length && meant[i][next[i]] < end; next[i]++) {
          watch.add(rows, meant[i][next[i]], now);
        }
        watch.look(rows, now, transitions);
      }
      moments.passed();
    }
  }

  /**
   * Takes in rows again, after a restart, whose consequences were decided before it: they are
   * counted, and nothing comes of them. {@link #caughtUp} comes behind the last of them.
   *
   * @param from the first of them
   * @param to behind the last of them
   */
  public void addAgain(EventBlock block, int from, int to) {
    now = Math.max(now, block.receivedAtMicros());
    ticked = now;
    forgotten = now;
    BlockView rows = viewOf(block);
    BitSet candidates = index.candidates(rows);
    for (int each = candidates.nextSetBit(0); each >= 0; each = candidates.nextSetBit(each + 1)) {
      Watch watch = enabled.get(each);
      watch.beginBlock();
      index.forEachRow(
          each,
          rows,
          from,
          row -> {
            if (row < to) {
              watch.addAgain(rows, row, now);
            }
          });
      watch.lookAgain(now);
    }
  }

  /** All that was decided before a restart is known again. */
  public void caughtUp() {
    enabled.forEach(Watch::caughtUp);
  }

  private BlockView viewOf(EventBlock block) {
    BlockView rows = view;
    if (rows == null) {
      rows = new BlockView(block);
      view = rows;
    } else {
      rows.read(block);
    }
    return rows;
  }

  /** Turns to a later time; an earlier one changes nothing. */
  public void advance(long micros) {
    now = Math.max(now, micros);
    if (now >= ticked + TICK_MICROS) {
      ticked = now;
      enabled.forEach(watch -> watch.tick(now, transitions));
    }
    if (now >= forgotten + FORGET_MICROS) {
      forgotten = now;
      enabled.forEach(watch -> watch.forget(now));
    }
  }

  /** Whether anything could change when time passes and nothing comes. */
  public boolean changesByTime() {
    return enabled.stream().anyMatch(Watch::changesByTime);
  }

  /** The latest time it knows of, in microseconds since the epoch. */
  public long now() {
    return now;
  }

  /** What has happened since this was asked last. */
  public List<Transition> drain() {
    List<Transition> drained = transitions;
    transitions = new ArrayList<>();
    return drained;
  }

  /** The alerts that are not over. */
  public List<Alert> alerts() {
    return watches.values().stream().flatMap(watch -> watch.alerts().stream()).toList();
  }

  public @Nullable Policy policy(String name) {
    Watch watch = watches.get(name);
    return watch == null ? null : watch.policy;
  }

  public List<Policy> policies() {
    return watches.values().stream().map(watch -> watch.policy).toList();
  }

  /** Puts an alert as somebody has changed it; false where it is over. */
  public boolean replace(Alert alert) {
    Watch watch = watches.get(alert.source().policy());
    return watch != null && watch.replace(alert, now);
  }

  /** Whether {@link #save} would give anything. */
  public boolean isUnsaved() {
    return watches.values().stream().anyMatch(Watch::isUnsaved);
  }

  /**
   * Gives the alerts that began, changed or ended since {@link #decidedSaved}, and what led to
   * that. Every other event since {@link #save} has to be taken in again after a restart.
   *
   * @param position behind the last event that was taken in
   */
  public void saveDecided(SeriesStore store, long position) {
    watches.values().forEach(watch -> watch.saveDecided(store, position));
  }

  /** What was given of the decisions is safe. */
  public void decidedSaved() {
    watches.values().forEach(Watch::decidedSaved);
  }

  /**
   * Gives everything that has changed since {@link #saved}.
   *
   * @param position behind the last event that was taken in
   */
  public void save(SeriesStore store, long position) {
    watches.values().forEach(watch -> watch.save(store, position));
  }

  /** What was given is safe. */
  public void saved() {
    watches.values().forEach(Watch::saved);
  }
}
