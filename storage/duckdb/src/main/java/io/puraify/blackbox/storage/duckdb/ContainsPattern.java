package io.puraify.blackbox.storage.duckdb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A regular expression for RE2 that finds a text in upper or lower case.
 *
 * <p>RE2's own flag for that and Java's {@code CASE_INSENSITIVE | UNICODE_CASE} differ for a few
 * letters, such as the dotless i, and with the age of their Unicode tables. So every letter is
 * written as the set of those that Java takes for the same; RE2 makes the same automaton of it.
 */
final class ContainsPattern {

  /** Those characters that have others in another case, by what they have in common. */
  private static final Map<Integer, List<Integer>> CASES = cases();

  private ContainsPattern() {}

  static String of(String part) {
    StringBuilder pattern = new StringBuilder(part.length() * 4);
    part.codePoints().forEach(character -> append(pattern, character));
    return pattern.toString();
  }

  /**
   * The longest piece of a text that what contains the text also contains, in lower case; empty
   * where there is none. It has no letter that is the lower case of another one beside its capital
   * in Java or in DuckDB but not in both, as i is of the dotted and the dotless one.
   */
  static String plain(String part) {
    String longest = "";
    int from = 0;
    for (int at = 0; at <= part.length(); at++) {
      if (at == part.length() || !isPlain(part.charAt(at))) {
        if (at - from > longest.length()) {
          longest = part.substring(from, at);
        }
        from = at + 1;
      }
    }
    return longest.toLowerCase(Locale.ROOT);
  }

  private static boolean isPlain(char character) {
    return character < 0x80 && "iIsS".indexOf(character) < 0;
  }

  private static void append(StringBuilder pattern, int character) {
    List<Integer> cases = CASES.get(folded(character));
    if (cases == null) {
      appendAlone(pattern, character);
    } else {
      pattern.append('[');
      cases.forEach(one -> appendAlone(pattern, one));
      pattern.append(']');
    }
  }

  private static void appendAlone(StringBuilder pattern, int character) {
    boolean plain =
        character >= 'a' && character <= 'z'
            || character >= 'A' && character <= 'Z'
            || character >= '0' && character <= '9';
    if (plain) {
      pattern.append((char) character);
    } else {
      pattern.append("\\x{").append(Integer.toHexString(character)).append('}');
    }
  }

  /** What {@link java.util.regex.Pattern} compares when it ignores case. */
  private static int folded(int character) {
    return Character.toLowerCase(Character.toUpperCase(character));
  }

  private static Map<Integer, List<Integer>> cases() {
    Map<Integer, List<Integer>> cases = new HashMap<>();
    for (int character = 0; character <= Character.MAX_CODE_POINT; character++) {
      int folded = folded(character);
      if (folded != character) {
        cases.computeIfAbsent(folded, first -> new ArrayList<>(List.of(first))).add(character);
      }
    }
    return Map.copyOf(cases);
  }
}
