package io.puraify.blackbox.server.cli.query;

import org.jspecify.annotations.Nullable;

/** The server cannot be reached or does not understand; the message says what it said. */
final class QueryFailedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  QueryFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
