package io.puraify.blackbox.core;

import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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
    UUID uuid = parse(id);
    return uuid == null ? OptionalLong.empty() : OptionalLong.of(position(uuid));
  }

  /**
   * The time of receipt that an id tells, in microseconds since the epoch, or nothing where the id
   * was not assigned by Blackbox.
   */
  public static OptionalLong receivedAtMicros(String id) {
    UUID uuid = parse(id);
    return uuid == null ? OptionalLong.empty() : OptionalLong.of(receivedAtMicros(uuid));
  }

  private static @Nullable UUID parse(String id) {
    if (id.length() != 36 || id.charAt(14) != '7') {
      return null;
    }
    UUID uuid;
    try {
      uuid = UUID.fromString(id);
    } catch (IllegalArgumentException e) {
      return null;
    }
    boolean assigned = uuid(receivedAtMicros(uuid), position(uuid)).toString().equals(id);
    return assigned ? uuid : null;
  }

  private static long receivedAtMicros(UUID uuid) {
    long high = uuid.getMostSignificantBits();
    return (high >>> 16) * 1_000 + (high & 0xfff);
  }

  private static long position(UUID uuid) {
    return uuid.getLeastSignificantBits() & POSITION_MASK;
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
