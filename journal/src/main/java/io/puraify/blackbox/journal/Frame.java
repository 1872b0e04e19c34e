package io.puraify.blackbox.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * How a record lies in a segment, little-endian: length of the payload (4), events (4), first
 * position (8), durable length of the segment (4), CRC-32C of the payload (4), CRC-32C of these 24
 * bytes (4), the payload.
 *
 * <p>The header has a checksum of its own, so that a damaged length never leads astray; the
 * payload's is computed by the thread that appends, not by the one that writes.
 *
 * @param durable how much of the segment was synced when this was written: what is broken before it
 *     was whole once, what is broken behind it may never have been
 */
record Frame(int length, int events, long first, int durable, int payloadChecksum) {

  static final int HEADER_BYTES = 28;

  /** A longer payload is a mistake: a block of events is about a mebibyte, ten times at most. */
  static final int MAX_PAYLOAD_BYTES = 32 << 20;

  private static final int CHECKED_BYTES = HEADER_BYTES - 4;

  /** Writes the header at the buffer's position. */
  void put(ByteBuffer out) {
    int start = out.position();
    out.putInt(length).putInt(events).putLong(first).putInt(durable).putInt(payloadChecksum);
    out.putInt(checksum(out.slice(start, CHECKED_BYTES)));
  }

  /** The header at an index of the buffer, or {@code null} where there is no valid one. */
  static @Nullable Frame at(ByteBuffer in, int index) {
    if (in.limit() - index < HEADER_BYTES
        || in.getInt(index + CHECKED_BYTES) != checksum(in.slice(index, CHECKED_BYTES))) {
      return null;
    }
    Frame frame =
        new Frame(
            in.getInt(index),
            in.getInt(index + 4),
            in.getLong(index + 8),
            in.getInt(index + 16),
            in.getInt(index + 20));
    return frame.length < 0 || frame.length > MAX_PAYLOAD_BYTES || frame.events < 1 ? null : frame;
  }

  /** Where the record behind one at {@code at} begins. */
  int end(int at) {
    return at + HEADER_BYTES + length;
  }

  static int checksum(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
