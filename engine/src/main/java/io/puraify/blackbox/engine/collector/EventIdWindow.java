package io.puraify.blackbox.engine.collector;

import java.time.Duration;
import java.util.Arrays;

/**
 * The event ids that senders gave lately, as hashes, to tell a repeat. Safe for any thread.
 *
 * <p>Two ids with the same 128-bit hash are taken for one; with 4 million ids the chance that any
 * two meet is about 2^-85.
 */
public final class EventIdWindow {

  /** How long a repeat is recognised. */
  public static final Duration SPAN = Duration.ofHours(24);

  /** How many ids are remembered at most: the latest. Takes 112 MB when full, less before. */
  public static final int MAX_IDS = 4_000_000;

  private static final int SPAN_SECONDS = (int) SPAN.toSeconds();

  private final int most;

  // A ring of ids, oldest first, and a table with open addressing of places in it, plus one.
  private long[] high;
  private long[] low;
  private int[] seconds;
  private int[] table;
  private int oldest;
  private int count;

  public EventIdWindow() {
    this(MAX_IDS);
  }

  EventIdWindow(int most) {
    this.most = most;
    int initial = Math.min(most, 1 << 12);
    high = new long[initial];
    low = new long[initial];
    seconds = new int[initial];
    table = new int[tableSize(initial)];
  }

  /**
   * Remembers an id.
   *
   * @param atSeconds the time of receipt in seconds since the epoch
   * @return whether it is new; {@code false} for a repeat
   */
  public synchronized boolean add(EventIdHash id, long atSeconds) {
    forgetBefore((int) atSeconds - SPAN_SECONDS);
    if (find(id.high(), id.low()) >= 0) {
      return false;
    }
    if (count == high.length) {
      if (count < most) {
        grow();
      } else {
        forgetOldest();
      }
    }
    int place = (oldest + count) % high.length;
    high[place] = id.high();
    low[place] = id.low();
    seconds[place] = (int) atSeconds;
    count++;
    insert(place);
    return true;
  }

  /** Forgets an id whose event was not stored after all. */
  public synchronized void remove(EventIdHash id) {
    int slot = find(id.high(), id.low());
    if (slot >= 0) {
      // The place in the ring stays taken until it is the oldest; nothing leads to it.
      int place = table[slot] - 1;
      high[place] = 0;
      low[place] = 0;
      delete(slot);
    }
  }

  /** How many ids are remembered. */
  public synchronized int size() {
    return count;
  }

  private void forgetBefore(int second) {
    while (count > 0 && seconds[oldest] < second) {
      forgetOldest();
    }
  }

  private void forgetOldest() {
    int slot = find(high[oldest], low[oldest]);
    if (slot >= 0 && table[slot] - 1 == oldest) {
      delete(slot);
    }
    oldest = (oldest + 1) % high.length;
    count--;
  }

  /** The slot of an id in the table, or -1. */
  private int find(long h, long l) {
    int slot = slot(l);
    while (table[slot] != 0) {
      int place = table[slot] - 1;
      if (high[place] == h && low[place] == l) {
        return slot;
      }
      slot = (slot + 1) & (table.length - 1);
    }
    return -1;
  }

  private void insert(int place) {
    int slot = slot(low[place]);
    while (table[slot] != 0) {
      slot = (slot + 1) & (table.length - 1);
    }
    table[slot] = place + 1;
  }

  /** Empties a slot and moves up those behind it that would no longer be found. */
  private void delete(int slot) {
    int gap = slot;
    int next = (slot + 1) & (table.length - 1);
    while (table[next] != 0) {
      int home = slot(low[table[next] - 1]);
      if (((next - home) & (table.length - 1)) >= ((next - gap) & (table.length - 1))) {
        table[gap] = table[next];
        gap = next;
      }
      next = (next + 1) & (table.length - 1);
    }
    table[gap] = 0;
  }

  private int slot(long l) {
    return (int) (l ^ l >>> 32) & (table.length - 1);
  }

  private void grow() {
    int size = (int) Math.min(most, high.length * 2L);
    high = unrolled(high, size);
    low = unrolled(low, size);
    int[] older = seconds;
    seconds = new int[size];
    for (int i = 0; i < count; i++) {
      seconds[i] = older[(oldest + i) % older.length];
    }
    oldest = 0;
    table = new int[tableSize(size)];
    for (int place = 0; place < count; place++) {
      if ((high[place] | low[place]) != 0) {
        insert(place);
      }
    }
  }

  private long[] unrolled(long[] ring, int size) {
    long[] longer = Arrays.copyOfRange(ring, oldest, oldest + size);
    int tail = ring.length - oldest;
    System.arraycopy(ring, 0, longer, tail, oldest);
    return longer;
  }

  private static int tableSize(int ids) {
    return Integer.highestOneBit(ids) * 4;
  }
}
