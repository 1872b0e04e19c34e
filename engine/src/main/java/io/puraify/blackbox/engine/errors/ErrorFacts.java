package io.puraify.blackbox.engine.errors;

import io.puraify.blackbox.core.Attributes;
import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import org.jspecify.annotations.Nullable;

/**
 * What of an error decides its group; a text that is absent is empty.
 *
 * @param fingerprint the sender's: a text, or a JSON array of texts
 */
record ErrorFacts(
    String fingerprint,
    String stackTrace,
    String errorType,
    String message,
    String platform,
    String action) {

  /** Where senders put their fingerprint. */
  static final String FINGERPRINT = "fingerprint";

  static final ErrorFacts NONE = new ErrorFacts("", "", "", "", "", "");

  static ErrorFacts of(Event event) {
    String attributes = event.text(Field.ATTRIBUTES);
    return new ErrorFacts(
        attributes == null ? "" : orEmpty(Attributes.lookup(attributes, FINGERPRINT)),
        orEmpty(event.text(Field.STACK_TRACE)),
        orEmpty(event.text(Field.ERROR_TYPE)),
        orEmpty(event.text(Field.MESSAGE)),
        orEmpty(event.text(Field.PLATFORM)),
        orEmpty(event.text(Field.ACTION)));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
