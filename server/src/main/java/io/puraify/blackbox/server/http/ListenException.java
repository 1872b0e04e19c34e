package io.puraify.blackbox.server.http;

/** The server cannot listen where it was told to; the message says where, why and what to do. */
public final class ListenException extends RuntimeException {

  private static final long serialVersionUID = 1;

  ListenException(String message, Throwable cause) {
    super(message, cause);
  }
}
