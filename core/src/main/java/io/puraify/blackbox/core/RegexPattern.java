package io.puraify.blackbox.core;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * A regular expression in the syntax of RE2, which takes time in proportion to the text and never
 * more, whatever somebody writes. It is looked for anywhere in a text; a dot is any character but
 * the end of a line. Immutable, safe for any thread; equal where text and case are.
 */
public final class RegexPattern {

  /** Longer ones are written by programs, which can list values instead. */
  public static final int MAX_LENGTH = 1_000;

  /**
   * Instructions: a thousand repetitions of one character. With more, repetitions inside of others
   * could be more than the thousand that RE2 allows, and a store would fail.
   */
  private static final int MAX_PROGRAM = 1_004;

  /** Within a word. RE2 counts bytes there, and finds it inside of a character that has several. */
  private static final Pattern INSIDE_WORD = Pattern.compile("^(?:[^\\\\]|\\\\[^B])*\\\\B");

  /** What RE2/J 1.8 says of a parenthesis that is closed and not opened. */
  private static final String UNOPENED = "regexp/syntax: internal error";

  private final String text;
  private final boolean ignoringCase;
  private final Pattern compiled;

  private RegexPattern(String text, boolean ignoringCase) {
    this.text = text;
    this.ignoringCase = ignoringCase;
    // Alone first: a parenthesis that is not its own could close the one that is put around it.
    compile(text, text);
    this.compiled = compile(text, expression());
  }

  /**
   * Compiles an expression.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static RegexPattern of(String text, boolean ignoringCase) {
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a regular expression has at most %d characters, not %d"
              .formatted(MAX_LENGTH, text.length()));
    }
    if (INSIDE_WORD.matcher(text).find()) {
      throw new IllegalArgumentException(
          "'%s' has \\B, which not every store understands alike; \\b is".formatted(text));
    }
    return new RegexPattern(text, ignoringCase);
  }

  private static Pattern compile(String text, String expression) {
    Pattern pattern;
    try {
      pattern = Pattern.compile(expression);
    } catch (PatternSyntaxException e) {
      String what = e.getDescription();
      throw new IllegalArgumentException(
          "'%s' is no regular expression: %s"
              .formatted(text, what.equals(UNOPENED) ? "unexpected )" : what),
          e);
    }
    if (pattern.programSize() > MAX_PROGRAM) {
      throw new IllegalArgumentException(
          "the regular expression '%s' is too large; repeat less".formatted(text));
    }
    return pattern;
  }

  /** The expression as it was written. */
  public String text() {
    return text;
  }

  public boolean ignoringCase() {
    return ignoringCase;
  }

  /** The same with its flags inside, which every engine of RE2's syntax takes alike. */
  public String expression() {
    return (ignoringCase ? "(?i-s:" : "(?-s:") + text + ")";
  }

  /** Whether it is found anywhere in a text. */
  public boolean isIn(String value) {
    return compiled.matcher(value).find();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RegexPattern that
        && text.equals(that.text)
        && ignoringCase == that.ignoringCase;
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "/" + text + (ignoringCase ? "/i" : "/");
  }
}
