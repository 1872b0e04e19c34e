package io.puraify.blackbox.engine.errors;

import java.util.List;
import java.util.Optional;

/**
 * Patterns of frames' names, in order: each has to fit from the beginning of a name on, and may end
 * before the name does; {@code *} stands for any characters. Immutable.
 *
 * @param all such as {@code com.acme.}, {@code billing/} or {@code *.retry}
 */
record NamePatterns(List<String> all) {

  static final NamePatterns NONE = new NamePatterns(List.of());

  NamePatterns {
    all = List.copyOf(all);
  }

  /** The first that fits a name. */
  Optional<String> find(String name) {
    for (String pattern : all) {
      if (fits(pattern, name)) {
        return Optional.of(pattern);
      }
    }
    return Optional.empty();
  }

  /**
   * Whether a name begins as a pattern says. The first place that fits each part is as good as any
   * later one, since the name may go on; so the time is linear in the name's length.
   */
  private static boolean fits(String pattern, String name) {
    int star = pattern.indexOf('*');
    if (star < 0) {
      return name.startsWith(pattern);
    }
    if (!name.startsWith(pattern.substring(0, star))) {
      return false;
    }
    int at = star;
    while (star >= 0) {
      int next = pattern.indexOf('*', star + 1);
      String part = pattern.substring(star + 1, next < 0 ? pattern.length() : next);
      int found = name.indexOf(part, at);
      if (found < 0) {
        return false;
      }
      at = found + part.length();
      star = next;
    }
    return true;
  }
}
