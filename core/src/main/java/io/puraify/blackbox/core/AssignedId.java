package io.puraify.blackbox.core;

import java.util.OptionalLong;
import java.util.UUID;

/**
 * The {@code event_id} of an event whose sender gave none: a UUID version 7 (RFC 9562) that is
 * computed from what is stored anyway, so that it costs nothing on disk and leads straight to its
 * event.
 *
 * <p>Layout: the 48-bit time of receipt in milliseconds; in {@code rand_a} the microseconds of that
 * millisecond; in {@code rand_b} 14 check bits and the 48-bit {@link Position}.
 */
public final class AssignedId {

  private static final long POSITION_MASK = (1L << 48) - 1;
  private static final int CHECK_BITS = 14;

  private AssignedId() {}

  /**
   * The id of the event at a position.
   *
   * @param receivedAtMicros time of receipt, ≥ 0
   * @param position of the event, below 2^48
   */
  public static String of(long receivedAtMicros, long position) {
    return uuid(receivedAtMicros, position).toString();
  }

  /** The position that an id leads to, or nothing where the id was not assigned by Blackbox. */
  public static OptionalLong position(String id) {
    if (id.length() != 36 || id.charAt(14) != '7') {
      return OptionalLong.empty();
    }
    UUID uuid;
    try {
      uuid = UUID.fromString(id);
    } catch (IllegalArgumentException e) {
      return OptionalLong.empty();
    }
    long high = uuid.getMostSignificantBits();
    long micros = (high >>> 16) * 1_000 + (high & 0xfff);
    long position = uuid.getLeastSignificantBits() & POSITION_MASK;
    return uuid(micros, position).toString().equals(id)
        ? OptionalLong.of(position)
        : OptionalLong.empty();
  }

  private static UUID uuid(long receivedAtMicros, long position) {
    long millis = receivedAtMicros / 1_000;
    long high = millis << 16 | 0x7000L | receivedAtMicros % 1_000;
    long mixed = (receivedAtMicros * 0x9e3779b97f4a7c15L + position) * 0xbf58476d1ce4e5b9L;
    long check = mixed >>> (64 - CHECK_BITS);
    long low = 1L << 63 | check << 48 | (position & POSITION_MASK);
    return new UUID(high, low);
  }
}
