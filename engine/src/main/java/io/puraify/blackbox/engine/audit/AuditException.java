package io.puraify.blackbox.engine.audit;

/** The audit trail cannot be kept or read; the message names the file, the fact and the remedy. */
public final class AuditException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public AuditException(String message) {
    super(message);
  }

  public AuditException(String message, Throwable cause) {
    super(message, cause);
  }
}
