package io.puraify.blackbox.engine.outgoing;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came of an attempt to deliver.
 *
 * @param text what the other side said, or what went wrong, at most {@link #MOST_CHARACTERS}
 * @param retryAfter how long to wait before the next attempt, where the other side says so
 */
public record Answer(Outcome outcome, String text, @Nullable Duration retryAfter) {

  public static final int MOST_CHARACTERS = 2_000;

  /** Of what the other side says, in a log. */
  private static final int BRIEF_CHARACTERS = 300;

  private static final String MASK = "[redacted]";

  public Answer {
    text = text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS);
  }

  /** What it means. */
  public enum Outcome {
    DELIVERED,
    /** It may work later. */
    RETRY,
    /** It would never work like that. */
    REFUSED
  }

  /** The beginning of what the other side said, for a log. */
  public static String brief(String said) {
    return said.length() <= BRIEF_CHARACTERS ? said : said.substring(0, BRIEF_CHARACTERS) + " …";
  }

  /** A text without a secret that it may repeat. */
  public static String without(String secret, String text) {
    return secret.isEmpty() ? text : text.replace(secret, MASK);
  }

  public static Answer delivered(String text) {
    return new Answer(Outcome.DELIVERED, text, null);
  }

  public static Answer retry(String text) {
    return new Answer(Outcome.RETRY, text, null);
  }

  public static Answer refused(String text) {
    return new Answer(Outcome.REFUSED, text, null);
  }
}
