package io.puraify.blackbox.engine.query;

/** A filter or a time cannot be understood; the message says what was expected. */
final class FilterSyntaxException extends RuntimeException {

  private static final long serialVersionUID = 1;

  FilterSyntaxException(String message) {
    super(message);
  }
}
