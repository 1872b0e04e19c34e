package io.puraify.blackbox.engine.errors;

/** A change to a group cannot be understood. */
final class ChangeSyntaxException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String member;

  /** The message says what was expected. */
  ChangeSyntaxException(String member, String message) {
    super(message);
    this.member = member;
  }

  String member() {
    return member;
  }
}
