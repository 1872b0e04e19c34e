package io.puraify.blackbox.engine.query;

/** A filter or a time cannot be understood; the message says what was expected. */
public final class FilterSyntaxException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public FilterSyntaxException(String message) {
    super(message);
  }
}
