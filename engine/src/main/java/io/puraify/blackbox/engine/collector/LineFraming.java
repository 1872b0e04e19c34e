package io.puraify.blackbox.engine.collector;

import io.puraify.blackbox.core.json.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** An item a line (NDJSON); empty lines are none. A bad line does not touch the others. */
final class LineFraming implements Framing {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long NEWLINES = '\n' * ONES;

  private final Bytes carried = new Bytes();
  private boolean skipping;

  @Override
  public void feed(byte[] bytes, int from, int to, Sink sink) {
    int start = from;
    while (start < to) {
      int end = newline(bytes, start, to);
      if (end < 0) {
        carry(bytes, start, to, sink);
        return;
      }
      if (skipping) {
        skipping = false;
      } else if (carried.length() > 0) {
        carry(bytes, start, end, sink);
        line(carried.array(), 0, carried.length(), sink);
        skipping = false;
      } else {
        line(bytes, start, end, sink);
      }
      carried.clear();
      start = end + 1;
    }
  }

  @Override
  public void end(Sink sink) {
    line(carried.array(), 0, carried.length(), sink);
    carried.clear();
  }

  private void carry(byte[] bytes, int from, int to, Sink sink) {
    if (!skipping && carried.length() + to - from > EventDecoder.MAX_EVENT_BYTES) {
      skipping = true;
      carried.clear();
      sink.tooLarge();
    }
    if (!skipping) {
      carried.add(bytes, from, to);
    }
  }

  private static void line(byte[] bytes, int from, int to, Sink sink) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
        sink.item(bytes, from, to);
        return;
      }
    }
  }

  /** The first line feed in {@code bytes[from, to)}, or -1; eight bytes a step. */
  private static int newline(byte[] bytes, int from, int to) {
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      long word = (long) LONGS.get(bytes, at) ^ NEWLINES;
      long found = (word - ONES) & ~word & HIGHS;
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    return Bytes.indexOf(bytes, at, to, (byte) '\n');
  }
}
