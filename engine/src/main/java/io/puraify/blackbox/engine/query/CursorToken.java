package io.puraify.blackbox.engine.query;

import io.puraify.blackbox.core.Cursor;
import io.puraify.blackbox.core.Order;
import io.puraify.blackbox.core.TimeRange;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A cursor as clients carry it, opaque to them: where the next page begins, and the search that it
 * belongs to. It holds the time range, so that one that was relative to now does not move from page
 * to page.
 *
 * @param request a checksum of the parameters that the first page was asked for with
 */
record CursorToken(Order order, TimeRange range, Cursor cursor, int request) {

  private static final byte FORMAT = 1;
  private static final int BYTES = 1 + 1 + 4 * Long.BYTES + 2 * Integer.BYTES;

  String encode() {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    bytes.put(FORMAT).put((byte) (order == Order.NEWEST_FIRST ? 1 : 0));
    bytes.putLong(range.fromMicros()).putLong(range.toMicros());
    bytes.putLong(cursor.timestampMicros()).putLong(cursor.position());
    bytes.putInt(request);
    bytes.putInt(checksum(bytes));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /** Reads what {@link #encode} wrote, or nothing where the text is something else. */
  static Optional<CursorToken> decode(String text) {
    ByteBuffer bytes;
    try {
      bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    if (bytes.remaining() != BYTES || bytes.get() != FORMAT) {
      return Optional.empty();
    }
    Order order = bytes.get() == 1 ? Order.NEWEST_FIRST : Order.OLDEST_FIRST;
    long from = bytes.getLong();
    long to = bytes.getLong();
    Cursor cursor = new Cursor(bytes.getLong(), bytes.getLong());
    int request = bytes.getInt();
    boolean intact = checksum(bytes) == bytes.getInt() && from <= to;
    return intact
        ? Optional.of(new CursorToken(order, new TimeRange(from, to), cursor, request))
        : Optional.empty();
  }

  /** Of all that is before the buffer's position. */
  private static int checksum(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate().flip());
    return (int) crc.getValue();
  }
}
