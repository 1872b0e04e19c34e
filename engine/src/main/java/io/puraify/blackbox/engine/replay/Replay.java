package io.puraify.blackbox.engine.replay;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A session as it can be played: its events in order, a lane for each engine, and keyframes.
 * Immutable, safe for any thread.
 */
public final class Replay {

  /** What a keyframe saves has to be worth its size. */
  private static final int FEWEST_BETWEEN_KEYFRAMES = 100;

  /** Seeking plays a hundredth of the session at most. */
  private static final int MOST_KEYFRAMES = 100;

  private final SessionId session;
  private final List<ReplayEvent> events;
  private final int keyframeEvery;
  private final List<Keyframe> keyframes = new ArrayList<>();
  private final Map<@Nullable String, Integer> laneOfEngine = new HashMap<>();
  private final List<ReplayLane> lanes = new ArrayList<>();
  private final ReplayState end;

  /**
   * Prepares the events of a session.
   *
   * @param events all of them, at least one, in any order
   */
  Replay(SessionId session, Collection<ReplayEvent> events) {
    if (events.isEmpty()) {
      throw new IllegalArgumentException("a session has an event at least");
    }
    this.session = session;
    this.events = events.stream().sorted(ReplayEvent.ORDER).toList();
    this.keyframeEvery =
        Math.max(FEWEST_BETWEEN_KEYFRAMES, Math.ceilDiv(events.size(), MOST_KEYFRAMES));
    StateBuilder builder = new StateBuilder();
    for (int i = 0; i < this.events.size(); i++) {
      if (i % keyframeEvery == 0) {
        keyframes.add(new Keyframe(i, builder.state()));
      }
      ReplayEvent event = this.events.get(i);
      builder.apply(event);
      addToLane(event);
    }
    this.end = builder.state();
  }

  private void addToLane(ReplayEvent event) {
    Integer lane = laneOfEngine.get(event.engine());
    if (lane == null) {
      lane = lanes.size();
      laneOfEngine.put(event.engine(), lane);
      lanes.add(new ReplayLane(event.engine(), 0, 0, event.micros(), event.micros()));
    }
    lanes.set(lane, lanes.get(lane).after(event));
  }

  /** Which session it is. */
  public SessionId session() {
    return session;
  }

  /** All events, in their order. */
  public List<ReplayEvent> events() {
    return events;
  }

  /** By the engines' first events. */
  public List<ReplayLane> lanes() {
    return List.copyOf(lanes);
  }

  /** Which of {@link #lanes} an event of this session is in. */
  public int lane(ReplayEvent event) {
    return Objects.requireNonNull(laneOfEngine.get(event.engine()), "not of this session");
  }

  /** From the first event on, {@link #keyframeEvery} events apart. */
  public List<Keyframe> keyframes() {
    return List.copyOf(keyframes);
  }

  public int keyframeEvery() {
    return keyframeEvery;
  }

  /** Time of the first event, in microseconds since the epoch; offsets count from it. */
  public long startMicros() {
    return events.getFirst().micros();
  }

  /** When the first span began: at {@link #startMicros} or before it. */
  public long earliestMicros() {
    return events.stream().mapToLong(ReplayEvent::startMicros).min().orElseThrow();
  }

  /** How many events have been at a moment, those of the moment included. */
  public int played(long micros) {
    int low = 0;
    int high = events.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (events.get(middle).micros() <= micros) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The keyframe from which a moment is reached soonest. */
  public Keyframe keyframeBefore(int played) {
    return keyframes.get(Math.min(played / keyframeEvery, keyframes.size() - 1));
  }

  /**
   * The state after so many events, which is the one that playing them gives.
   *
   * @param played 0 to the number of events
   */
  public ReplayState state(int played) {
    Keyframe keyframe = keyframeBefore(played);
    StateBuilder builder = new StateBuilder(keyframe.state());
    builder.applyAll(events.subList(keyframe.index(), played));
    return builder.state();
  }

  /** The session at a glance, as a list of sessions shows it. */
  public SessionSummary summary() {
    Map<String, Long> users = new LinkedHashMap<>();
    long lastError = Outcome.NEVER;
    long lastSuccess = Outcome.NEVER;
    for (ReplayEvent event : events) {
      if (event.userId() != null) {
        users.merge(event.userId(), 1L, Long::sum);
      }
      lastError = event.error() ? event.micros() : lastError;
      lastSuccess = "success".equals(event.status()) ? event.micros() : lastSuccess;
    }
    // Of equals the first, as max gives the last.
    String user =
        users.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse(null);
    return new SessionSummary(
        session,
        startMicros(),
        events.getLast().micros(),
        end.events(),
        end.errors(),
        end.retries(),
        lanes.stream().map(ReplayLane::engine).filter(Objects::nonNull).toList(),
        user,
        users.size(),
        Outcome.of(lastError, lastSuccess));
  }
}
