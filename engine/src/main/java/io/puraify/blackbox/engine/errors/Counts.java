package io.puraify.blackbox.engine.errors;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.BiConsumer;

/**
 * Counts by equal steps of time, as far back from the newest step as there is room. What is older
 * is left out. Not safe for several threads.
 */
final class Counts {

  private static final long[] NONE = {};

  private final long stepMicros;
  private final int most;
  private long[] starts = NONE;
  private long[] counts = NONE;
  private int size;

  /** Begins with none; {@code most} steps are kept. */
  Counts(long stepMicros, int most) {
    this.stepMicros = stepMicros;
    this.most = most;
  }

  void add(long micros, long count) {
    long start = Math.floorDiv(micros, stepMicros);
    int at = size > 0 && starts[size - 1] == start ? size - 1 : find(start);
    if (at >= 0) {
      counts[at] += count;
    } else if (size == 0 || start > starts[size - 1] - most) {
      insert(-1 - at, start, count);
    }
  }

  private int find(long start) {
    return Arrays.binarySearch(starts, 0, size, start);
  }

  private void insert(int at, long start, long count) {
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, Math.max(1, 2 * size));
      counts = Arrays.copyOf(counts, Math.max(1, 2 * size));
    }
    System.arraycopy(starts, at, starts, at + 1, size - at);
    System.arraycopy(counts, at, counts, at + 1, size - at);
    starts[at] = start;
    counts[at] = count;
    size++;
    dropOld();
  }

  private void dropOld() {
    int old = 0;
    while (starts[old] <= starts[size - 1] - most) {
      old++;
    }
    if (old > 0) {
      size -= old;
      System.arraycopy(starts, old, starts, 0, size);
      System.arraycopy(counts, old, counts, 0, size);
    }
  }

  void addAll(Counts other) {
    other.forEach(this::add);
  }

  /** Each step that has a count: its begin in microseconds, and the count. */
  void forEach(BiConsumer<Long, Long> sink) {
    for (int i = 0; i < size; i++) {
      sink.accept(starts[i] * stepMicros, counts[i]);
    }
  }

  /** What was counted in the step of this time. */
  long at(long micros) {
    int at = find(Math.floorDiv(micros, stepMicros));
    return at < 0 ? 0 : counts[at];
  }

  /** What was counted in the steps that begin in a range. */
  long sum(long fromMicros, long toMicros) {
    long sum = 0;
    for (int i = 0; i < size; i++) {
      long micros = starts[i] * stepMicros;
      sum += micros >= fromMicros && micros < toMicros ? counts[i] : 0;
    }
    return sum;
  }

  /** What it takes in memory, about. */
  int bytes() {
    return 64 + 16 * starts.length;
  }

  void write(DataOutput out) throws IOException {
    out.writeShort(size);
    for (int i = 0; i < size; i++) {
      out.writeLong(starts[i]);
      out.writeLong(counts[i]);
    }
  }

  void read(DataInput in) throws IOException {
    size = in.readUnsignedShort();
    starts = new long[size];
    counts = new long[size];
    for (int i = 0; i < size; i++) {
      starts[i] = in.readLong();
      counts[i] = in.readLong();
    }
  }
}
