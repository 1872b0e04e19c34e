package io.puraify.blackbox.server.cli.ingest;

import org.jspecify.annotations.Nullable;

/** The server cannot be reached, stays busy, or refuses everything; the message says which. */
final class IngestFailedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  IngestFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
