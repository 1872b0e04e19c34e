package io.puraify.blackbox.engine.errors;

import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;

/** The number of a group and how it is written: 16 hexadecimal digits. */
final class GroupId {

  private GroupId() {}

  /** The number of the group that a fingerprint begins; the same whenever it is computed. */
  static long of(String project, Fingerprint fingerprint) {
    return Fingerprint.of(fingerprint.rule(), List.of(project, fingerprint.hash())).number();
  }

  static String text(long number) {
    return HexFormat.of().toHexDigits(number);
  }

  /** The number that a text stands for, if it is one. */
  static OptionalLong parse(String text) {
    return text.matches("[0-9a-f]{16}")
        ? OptionalLong.of(HexFormat.fromHexDigitsToLong(text))
        : OptionalLong.empty();
  }
}
