package io.puraify.blackbox.engine.performance;

import io.puraify.blackbox.engine.performance.SignalWatch.Change;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Watches all signals of one series. Not for several threads. */
final class SeriesWatch {

  /** What goes on for so long is what is usual now. */
  private static final long MOST_MINUTES = 24 * 60;

  private final SignalWatch[] watches = new SignalWatch[Signal.values().length];
  private final Map<SpikeKind, Long> open = new EnumMap<>(SpikeKind.class);
  private Baseline baseline;

  SeriesWatch(Baseline baseline) {
    this.baseline = baseline;
    for (int i = 0; i < watches.length; i++) {
      watches[i] = new SignalWatch();
    }
  }

  /** What is told of a spike that begins or ends. */
  interface Listener {

    /**
     * A spike began, or is over.
     *
     * @param stop {@code null} where it goes on
     */
    void spike(SpikeKind kind, long start, @Nullable Long stop, Baseline baseline);
  }

  Baseline baseline() {
    return baseline;
  }

  /** Whether a spike goes on, which is not to become usual. */
  boolean isOpen() {
    return !open.isEmpty();
  }

  void baseline(Baseline newer) {
    baseline = newer;
  }

  /** Goes on with a spike of before the start. */
  void resume(SpikeKind kind, long start) {
    open.put(kind, start);
    for (Signal signal : Signal.values()) {
      if (signal.kind() == kind) {
        watches[signal.ordinal()].resume(start);
      }
    }
  }

  /** Looks at a minute, after the one before. */
  void look(long minute, Rollup rollup, double threshold, Listener listener) {
    for (Signal signal : Signal.values()) {
      SignalWatch watch = watches[signal.ordinal()];
      Change change =
          watch.look(
              signal,
              baseline.normal(signal),
              minute,
              signal.count(rollup, baseline.slowMillis()),
              signal.exposure(rollup, 1),
              threshold);
      switch (change) {
        case NONE -> {}
        case BEGINS -> begin(signal.kind(), watch.since(), listener);
        case ENDS -> end(signal.kind(), watch.since(), listener);
      }
    }
    for (SpikeKind kind : SpikeKind.values()) {
      Long start = open.get(kind);
      if (start != null && minute - start >= MOST_MINUTES) {
        giveUp(kind, minute + 1, listener);
      }
    }
  }

  private void begin(SpikeKind kind, long start, Listener listener) {
    if (open.putIfAbsent(kind, start) == null) {
      listener.spike(kind, start, null, baseline);
    }
  }

  private void end(SpikeKind kind, long stop, Listener listener) {
    for (Signal signal : Signal.values()) {
      if (signal.kind() == kind && watches[signal.ordinal()].isRaised()) {
        return;
      }
    }
    Long start = open.remove(kind);
    if (start != null) {
      listener.spike(kind, start, Math.max(stop, start + 1), baseline);
    }
  }

  private void giveUp(SpikeKind kind, long stop, Listener listener) {
    for (Signal signal : Signal.values()) {
      if (signal.kind() == kind) {
        watches[signal.ordinal()] = new SignalWatch();
      }
    }
    end(kind, stop, listener);
  }
}
