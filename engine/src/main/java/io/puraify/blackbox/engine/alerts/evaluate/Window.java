package io.puraify.blackbox.engine.alerts.evaluate;

import io.puraify.blackbox.engine.alerts.policy.Condition;
import io.puraify.blackbox.engine.alerts.policy.Threshold;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.HllUnion;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.apache.datasketches.quantilescommon.QuantileSearchCriteria;
import org.jspecify.annotations.Nullable;

/**
 * What came within the last so many seconds, in slices: it slides by a sixtieth of its length, by a
 * twelfth where sketches are kept. So it looks back over its whole length less at most one slice.
 * Not safe for several threads.
 */
final class Window {

  private static final int SLICES = 60;
  private static final int SKETCHED_SLICES = 12;

  /** Registers of a sketch as a power of two: 1.6 % standard error, exact while values are few. */
  private static final int PRECISION = 12;

  /** Four thresholds have eight limits, recovery included. */
  private static final int MOST_TALLIES = 8;

  private final Condition condition;
  private final int slices;
  private final long sliceMicros;
  private final long[] counts;
  private final long[] errors;
  private final @Nullable HllSketch[] values;
  private final @Nullable KllDoublesSketch[] numbers;
  private final List<Tally> tallies = new ArrayList<>();

  // The newest slice; those before it lie behind it in the rings.
  private long newest = Long.MIN_VALUE;

  // Over all slices, so that a look costs the same however long the window is.
  private long count;
  private long errorCount;
  private @Nullable HllUnion different;
  private double latestValue = Double.NaN;
  private long latestLook = Long.MIN_VALUE;

  /**
   * @param thresholds whose limits will be asked for: for those the percentile is exact from the
   *     first event on, so that the same events always lead to the same alerts
   */
  Window(Condition condition, List<Threshold> thresholds) {
    this.condition = condition;
    boolean distinct = condition.kind() == Condition.Kind.DISTINCT;
    boolean percentile = condition.kind() == Condition.Kind.PERCENTILE;
    this.slices = distinct || percentile ? SKETCHED_SLICES : SLICES;
    this.sliceMicros = Math.max(1, condition.window().toNanos() / 1_000 / slices);
    this.counts = new long[slices];
    this.errors = new long[slices];
    this.values = new HllSketch[distinct ? slices : 0];
    this.numbers = new KllDoublesSketch[percentile ? slices : 0];
    if (percentile) {
      for (Threshold threshold : thresholds) {
        var _ = tally(threshold.value());
        var _ = tally(threshold.recovery());
      }
    }
  }

  /**
   * Counts an event.
   *
   * @param value for {@code distinct}, what it has in the field
   * @param number for {@code percentile}; NaN where it has none
   */
  void add(long nowMicros, boolean error, @Nullable String value, double number) {
    int at = turnTo(nowMicros);
    if (values.length > 0 && value != null) {
      if (different != null) {
        different.update(value);
      }
      HllSketch sketch = values[at];
      if (sketch == null) {
        sketch = new HllSketch(PRECISION, TgtHllType.HLL_8);
        values[at] = sketch;
      }
      sketch.update(value);
    }
    if (numbers.length > 0) {
      if (Double.isNaN(number)) {
        return;
      }
      KllDoublesSketch sketch = numbers[at];
      if (sketch == null) {
        sketch = KllDoublesSketch.newHeapInstance();
        numbers[at] = sketch;
      }
      sketch.update(number);
      tallies.forEach(tally -> tally.add(at, number));
    }
    counts[at]++;
    count++;
    if (error) {
      errors[at]++;
      errorCount++;
    }
  }

  /** Forgets what is too old, and returns the place of the slice of a time. */
  private int turnTo(long nowMicros) {
    long slice = Math.floorDiv(nowMicros, sliceMicros);
    if (slice > newest) {
      long first = newest == Long.MIN_VALUE ? slice - slices : Math.max(newest, slice - slices);
      for (long each = first + 1; each <= slice; each++) {
        clear(place(each));
      }
      newest = slice;
    }
    // A clock that goes back counts where it was.
    return place(newest);
  }

  private int place(long slice) {
    return (int) Math.floorMod(slice, (long) slices);
  }

  private void clear(int at) {
    count -= counts[at];
    errorCount -= errors[at];
    counts[at] = 0;
    errors[at] = 0;
    if (values.length > 0 && values[at] != null) {
      values[at] = null;
      different = null;
    }
    if (numbers.length > 0) {
      numbers[at] = null;
      tallies.forEach(tally -> tally.clear(at));
    }
  }

  /** How many events are in it. */
  long count(long nowMicros) {
    turnTo(nowMicros);
    return count;
  }

  /** Whether there is no number to compare. */
  boolean saysNothing(long nowMicros) {
    return switch (condition.kind()) {
      case COUNT, RATE, DISTINCT -> false;
      case ERROR_SHARE, PERCENTILE -> count(nowMicros) == 0;
      case EVENT, FIRST_SEEN, REGRESSION, ESCALATION, SPIKE, NO_DATA -> true;
    };
  }

  /**
   * Whether its number has reached a limit; there must be one. For a percentile that is known
   * without asking the sketches, which takes a thousand times as long, and exactly but for what was
   * in the window at a restart.
   */
  boolean reached(double limit, long nowMicros) {
    if (numbers.length == 0) {
      return condition.compare().reached(value(nowMicros), limit);
    }
    turnTo(nowMicros);
    boolean below = tally(limit).total >= Math.max(1, rank());
    return switch (condition.compare()) {
      case AT_LEAST -> !below;
      case AT_MOST -> below;
    };
  }

  /** So many of the values are not above the percentile. */
  private long rank() {
    return (long) Math.ceil(condition.quantile() * (double) count - 1e-7);
  }

  private Tally tally(double limit) {
    for (Tally tally : tallies) {
      if (tally.limit == limit) {
        return tally;
      }
    }
    if (tallies.size() == MOST_TALLIES) {
      // Those of a version of the policy that runs no more.
      tallies.clear();
    }
    Tally tally = new Tally(limit, condition.compare(), numbers);
    tallies.add(tally);
    return tally;
  }

  /**
   * How many values of a percentile's window are on the lower side of a limit: below it where it
   * has to be reached from below, else up to it.
   */
  private static final class Tally {
    private final double limit;
    private final boolean inclusive;
    private final long[] slices;
    private long total;

    /** Counts what came before it as well, as exactly as the sketches know it. */
    Tally(double limit, Condition.Compare compare, @Nullable KllDoublesSketch[] before) {
      this.limit = limit;
      this.inclusive = compare == Condition.Compare.AT_MOST;
      this.slices = new long[before.length];
      for (int at = 0; at < before.length; at++) {
        KllDoublesSketch sketch = before[at];
        if (sketch != null && !sketch.isEmpty()) {
          double rank =
              sketch.getRank(
                  limit,
                  inclusive ? QuantileSearchCriteria.INCLUSIVE : QuantileSearchCriteria.EXCLUSIVE);
          slices[at] = Math.round(rank * (double) sketch.getN());
          total += slices[at];
        }
      }
    }

    void add(int at, double number) {
      if (inclusive ? number <= limit : number < limit) {
        slices[at]++;
        total++;
      }
    }

    void clear(int at) {
      total -= slices[at];
      slices[at] = 0;
    }
  }

  /** The same as {@link #value}, or what that was within the last second of a percentile. */
  double lately(long nowMicros) {
    if (numbers.length > 0 && nowMicros < latestLook + Evaluator.TICK_MICROS) {
      return latestValue;
    }
    return value(nowMicros);
  }

  /** The number that is compared with thresholds; NaN where there is none. */
  double value(long nowMicros) {
    turnTo(nowMicros);
    return switch (condition.kind()) {
      case COUNT -> (double) count;
      case RATE -> (double) count / (condition.window().toMillis() / 1e3);
      case ERROR_SHARE -> count == 0 ? Double.NaN : (double) errorCount / (double) count;
      case DISTINCT -> distinct();
      case PERCENTILE -> {
        latestLook = nowMicros;
        latestValue = percentile();
        yield latestValue;
      }
      case EVENT, FIRST_SEEN, REGRESSION, ESCALATION, SPIKE, NO_DATA -> Double.NaN;
    };
  }

  private double distinct() {
    HllUnion union = different;
    if (union == null) {
      union = new HllUnion(PRECISION);
      for (HllSketch sketch : values) {
        if (sketch != null) {
          union.update(sketch);
        }
      }
      different = union;
    }
    return (double) Math.round(union.getEstimate());
  }

  private double percentile() {
    KllDoublesSketch all = KllDoublesSketch.newHeapInstance();
    for (KllDoublesSketch sketch : numbers) {
      if (sketch != null) {
        all.merge(sketch);
      }
    }
    return all.isEmpty() ? Double.NaN : all.getQuantile(condition.quantile());
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(newest);
    int used = 0;
    for (long ofSlice : counts) {
      used += ofSlice > 0 ? 1 : 0;
    }
    out.writeByte(used);
    for (int at = 0; at < slices; at++) {
      if (counts[at] > 0) {
        out.writeByte(at);
        out.writeLong(counts[at]);
        out.writeLong(errors[at]);
        if (values.length > 0) {
          HllSketch value = values[at];
          bytes(out, value == null ? null : value.toCompactByteArray());
        }
        if (numbers.length > 0) {
          KllDoublesSketch number = numbers[at];
          bytes(out, number == null ? null : number.toByteArray());
        }
      }
    }
  }

  private static void bytes(DataOutput out, byte @Nullable [] bytes) throws IOException {
    out.writeInt(bytes == null ? 0 : bytes.length);
    if (bytes != null) {
      out.write(bytes);
    }
  }

  void read(DataInput in) throws IOException {
    newest = in.readLong();
    int used = in.readUnsignedByte();
    for (int i = 0; i < used; i++) {
      int at = in.readUnsignedByte();
      counts[at] = in.readLong();
      errors[at] = in.readLong();
      count += counts[at];
      errorCount += errors[at];
      if (values.length > 0) {
        byte[] value = bytes(in);
        values[at] = value.length == 0 ? null : HllSketch.heapify(value);
      }
      if (numbers.length > 0) {
        byte[] number = bytes(in);
        numbers[at] =
            number.length == 0 ? null : KllDoublesSketch.heapify(MemorySegment.ofArray(number));
      }
    }
    tallies.replaceAll(tally -> new Tally(tally.limit, condition.compare(), numbers));
  }

  private static byte[] bytes(DataInput in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }
}
