package io.puraify.blackbox.engine.errors;

import java.math.BigInteger;
import java.util.List;

/**
 * The order of versions: parts between dots and other signs, numbers by their value, others by
 * their text; what comes behind a hyphen is before the version without it, as in Semantic
 * Versioning 2.0.0.
 */
final class Versions {

  private Versions() {}

  /** Whether a version is newer than another; one that is absent is not. */
  static boolean newer(String version, String than) {
    return !version.isEmpty() && compare(version, than) > 0;
  }

  static int compare(String one, String two) {
    List<String> first = List.of(plain(one).split("-", 2));
    List<String> second = List.of(plain(two).split("-", 2));
    int released = parts(first.getFirst(), second.getFirst());
    if (released != 0 || first.size() == 1 && second.size() == 1) {
      return released;
    }
    if (first.size() != second.size()) {
      return first.size() == 1 ? 1 : -1;
    }
    return parts(first.getLast(), second.getLast());
  }

  /** Without the letter in front and the build behind, which says nothing of the order. */
  private static String plain(String version) {
    int build = version.indexOf('+');
    String named = build < 0 ? version : version.substring(0, build);
    return named.matches("[vV]\\d.*") ? named.substring(1) : named;
  }

  private static int parts(String one, String two) {
    List<String> first = List.of(one.split("[._-]", -1));
    List<String> second = List.of(two.split("[._-]", -1));
    for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
      int order =
          part(i < first.size() ? first.get(i) : "0", i < second.size() ? second.get(i) : "0");
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static int part(String one, String two) {
    boolean numbers = one.matches("\\d+") && two.matches("\\d+");
    return numbers ? new BigInteger(one).compareTo(new BigInteger(two)) : one.compareTo(two);
  }
}
