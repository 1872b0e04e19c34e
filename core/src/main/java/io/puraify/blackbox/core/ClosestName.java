package io.puraify.blackbox.core;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that somebody probably meant, for error messages. */
public final class ClosestName {

  private ClosestName() {}

  /**
   * The known name that is spelled most like {@code given}, if one is: at most a third of its
   * letters differ.
   */
  public static Optional<String> of(String given, Collection<String> known) {
    String lower = given.toLowerCase(Locale.ROOT);
    int tolerance = Math.max(1, given.length() / 3);
    record Candidate(String name, int distance) {}
    return known.stream()
        .map(name -> new Candidate(name, distance(lower, name.toLowerCase(Locale.ROOT))))
        .filter(candidate -> candidate.distance <= tolerance)
        .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
        .map(Candidate::name);
  }

  /** The same as a sentence to append: {@code "; did you mean status?"}, or nothing. */
  public static String hint(String given, Collection<String> known) {
    return of(given, known).map(name -> "; did you mean " + name + "?").orElse("");
  }

  /** Insertions, deletions and replacements between two texts (V. Levenshtein, 1965). */
  private static int distance(String one, String other) {
    int[] before = new int[other.length() + 1];
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      before[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int replaced = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(before[j], row[j - 1]));
      }
      int[] spare = before;
      before = row;
      row = spare;
    }
    return before[other.length()];
  }
}
