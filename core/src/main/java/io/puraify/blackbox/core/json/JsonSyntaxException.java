package io.puraify.blackbox.core.json;

/** Bytes that are not JSON (RFC 8259). Cheap to throw: it carries no stack trace. */
public final class JsonSyntaxException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int offset;

  /**
   * @param offset of the first byte that is wrong, from the start of the text
   * @param message what was found there and what was expected
   */
  JsonSyntaxException(int offset, String message) {
    super(message, null, false, false);
    this.offset = offset;
  }

  public int offset() {
    return offset;
  }
}
