package io.puraify.blackbox.engine.state;

/** The state could not be read or written; a transaction that was under way has no effect. */
public final class StateException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public StateException(String message, Throwable cause) {
    super(message, cause);
  }

  public StateException(String message) {
    super(message);
  }
}
