package io.puraify.blackbox.storage.duckdb.needles;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A word of which some letters are known.
 *
 * @param letters in lower case, in ASCII, at least {@link WordPostings#SHORTEST} and at most {@link
 *     WordPostings#LONGEST} of them
 * @param start whether the word begins with them
 * @param end whether it ends with them
 */
record WordPattern(String letters, boolean start, boolean end) {

  /**
   * The words of whatever contains a text. One at the text's start or end may go on there.
   *
   * @param start whether what contains the text begins with it
   * @param end whether it ends with it
   */
  static List<WordPattern> of(String text, boolean start, boolean end) {
    List<WordPattern> patterns = new ArrayList<>();
    StringBuilder letters = new StringBuilder();
    Words.of(
        text,
        new Words.Sink() {
          @Override
          public void letter(byte letter) {
            letters.append((char) letter);
          }

          @Override
          public void end(boolean first, boolean last) {
            // A longer one is not among the words, and what it is a part of neither.
            if (letters.length() >= WordPostings.SHORTEST
                && letters.length() <= WordPostings.LONGEST) {
              patterns.add(new WordPattern(letters.toString(), !first || start, !last || end));
            }
            letters.setLength(0);
          }

          @Override
          public void gram(byte[] hash) {
            patterns.add(new WordPattern(new String(hash, StandardCharsets.US_ASCII), true, true));
          }
        });
    return patterns;
  }

  /** Whether it is the word at a place in memory. */
  boolean matches(MemorySegment bytes, long at, int length) {
    int more = length - letters.length();
    if (more < 0 || more > 0 && start && end) {
      return false;
    }
    if (start) {
      return isAt(bytes, at);
    }
    if (end) {
      return isAt(bytes, at + more);
    }
    for (int skipped = 0; skipped <= more; skipped++) {
      if (isAt(bytes, at + skipped)) {
        return true;
      }
    }
    return false;
  }

  private boolean isAt(MemorySegment bytes, long at) {
    for (int i = 0; i < letters.length(); i++) {
      if (bytes.get(ValueLayout.JAVA_BYTE, at + i) != letters.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
