package io.puraify.blackbox.engine.performance;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The rollups of a project's series in one stretch of time as bytes.
 *
 * <p>A byte with the format, then for each series, in the order of their numbers: how far its
 * number is above the one before; calls; {@link #flags}; errors, timeouts and retries where there
 * are any; and where there are durations: sum, minimum, maximum, how many different values, and
 * those. All numbers are variable-length (LEB128), seven bits a byte, the lowest first. Minimum and
 * maximum are the bits of a {@code double} in reverse order, which for most are few. Values are
 * differences, without the lowest bits that none of them has.
 */
final class RollupCodec {

  private static final int FORMAT = 1;

  private static final int ERRORS = 1;
  private static final int TIMEOUTS = 2;
  private static final int RETRIES = 4;
  private static final int TIMED = 8;
  private static final int COARSE = 16;

  private RollupCodec() {}

  /** What becomes of each rollup that is read. */
  interface Reader {

    /** Whether the rollup of a series is wanted; the others are passed over. */
    boolean wants(int series);

    void rollup(int series, Rollup rollup);
  }

  /** The rollups by the number of their series. */
  static byte[] encode(SortedMap<Integer, Rollup> rollups) {
    VarBytes bytes = new VarBytes(64 + 32 * rollups.size());
    bytes.put(FORMAT);
    int before = 0;
    for (var each : rollups.entrySet()) {
      bytes.put(each.getKey() - before);
      before = each.getKey();
      encode(each.getValue(), bytes);
    }
    return bytes.toArray();
  }

  private static int flags(Rollup rollup) {
    return (rollup.errors() > 0 ? ERRORS : 0)
        | (rollup.timeouts() > 0 ? TIMEOUTS : 0)
        | (rollup.retries() > 0 ? RETRIES : 0)
        | (rollup.timed() > 0 ? TIMED : 0)
        | (rollup.durations().coarse() ? COARSE : 0);
  }

  private static void encode(Rollup rollup, VarBytes bytes) {
    bytes.put(rollup.calls());
    bytes.put(flags(rollup));
    if (rollup.errors() > 0) {
      bytes.put(rollup.errors());
    }
    if (rollup.timeouts() > 0) {
      bytes.put(rollup.timeouts());
    }
    if (rollup.retries() > 0) {
      bytes.put(rollup.retries());
    }
    if (rollup.timed() > 0) {
      bytes.put(rollup.sumMicros());
      bytes.put(Long.reverse(Double.doubleToRawLongBits(rollup.minMillis())));
      bytes.put(Long.reverse(Double.doubleToRawLongBits(rollup.maxMillis())));
      encode(rollup.durations(), bytes);
    }
  }

  private static void encode(DurationSketch sketch, VarBytes bytes) {
    int all = 0;
    for (int i = 0; i < sketch.size(); i++) {
      all |= sketch.key(i);
    }
    int shift = all == 0 ? 0 : Integer.numberOfTrailingZeros(all);
    bytes.put(sketch.size());
    bytes.put(shift);
    int before = 0;
    for (int i = 0; i < sketch.size(); i++) {
      int key = sketch.key(i) >>> shift;
      bytes.put(key - before);
      bytes.put(sketch.count(i));
      before = key;
    }
  }

  /** The rollups that {@link #encode} wrote. */
  static SortedMap<Integer, Rollup> decode(byte[] encoded) {
    SortedMap<Integer, Rollup> rollups = new TreeMap<>();
    read(
        encoded,
        new Reader() {
          @Override
          public boolean wants(int series) {
            return true;
          }

          @Override
          public void rollup(int series, Rollup rollup) {
            rollups.put(series, rollup);
          }
        });
    return rollups;
  }

  /** Reads those that are wanted. */
  static void read(byte[] encoded, Reader reader) {
    VarBytes bytes = new VarBytes(encoded);
    long format = bytes.get();
    if (format != FORMAT) {
      throw new IllegalStateException(
          "rollups of format %d, of which this version knows %d".formatted(format, FORMAT));
    }
    int series = 0;
    while (bytes.hasMore()) {
      series += (int) bytes.get();
      if (reader.wants(series)) {
        reader.rollup(series, rollup(bytes));
      } else {
        skip(bytes);
      }
    }
  }

  private static Rollup rollup(VarBytes bytes) {
    long calls = bytes.get();
    int flags = (int) bytes.get();
    long errors = (flags & ERRORS) != 0 ? bytes.get() : 0;
    long timeouts = (flags & TIMEOUTS) != 0 ? bytes.get() : 0;
    long retries = (flags & RETRIES) != 0 ? bytes.get() : 0;
    if ((flags & TIMED) == 0) {
      Rollup none = Rollup.NONE;
      return new Rollup(
          calls,
          errors,
          timeouts,
          retries,
          0,
          0,
          none.minMillis(),
          none.maxMillis(),
          none.durations());
    }
    long sum = bytes.get();
    double min = Double.longBitsToDouble(Long.reverse(bytes.get()));
    double max = Double.longBitsToDouble(Long.reverse(bytes.get()));
    DurationSketch durations = durations(bytes, (flags & COARSE) != 0);
    return new Rollup(
        calls, errors, timeouts, retries, durations.count(), sum, min, max, durations);
  }

  private static DurationSketch durations(VarBytes bytes, boolean coarse) {
    int size = (int) bytes.get();
    int shift = (int) bytes.get();
    int[] keys = new int[size];
    long[] counts = new long[size];
    int key = 0;
    for (int i = 0; i < size; i++) {
      key += (int) bytes.get();
      keys[i] = key << shift;
      counts[i] = bytes.get();
    }
    return new DurationSketch(keys, counts, coarse);
  }

  private static void skip(VarBytes bytes) {
    bytes.get();
    int flags = (int) bytes.get();
    bytes.skip(Integer.bitCount(flags & (ERRORS | TIMEOUTS | RETRIES)));
    if ((flags & TIMED) != 0) {
      bytes.skip(3);
      int size = (int) bytes.get();
      bytes.skip(1 + 2 * size);
    }
  }
}
