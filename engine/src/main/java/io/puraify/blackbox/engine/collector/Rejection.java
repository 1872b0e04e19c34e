package io.puraify.blackbox.engine.collector;

import java.util.Locale;

/**
 * Why an item of a request did not become an event.
 *
 * @param index which item, from 0
 * @param pointer a JSON pointer (RFC 6901) to what is wrong; empty for the whole item
 * @param detail what was found and what was expected
 */
public record Rejection(long index, Reason reason, String pointer, String detail) {

  /** The kinds of rejection, as the metrics count them. */
  public enum Reason {
    NOT_JSON,
    NOT_AN_OBJECT,
    NO_PROJECT_ID,
    BAD_TIMESTAMP,
    TOO_LARGE;

    /** The name in metrics, such as {@code no_project_id}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
