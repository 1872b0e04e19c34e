package io.puraify.blackbox.server.cli.http;

import org.jspecify.annotations.Nullable;

/**
 * The server cannot be reached, stays busy, or does not understand what it is asked; the message
 * says which, and what it said itself.
 */
public final class ServerFailedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public ServerFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Nobody answers where a server should be; the message says where to look. */
  public static ServerFailedException unreachable(ServerAddress server, Throwable cause) {
    return new ServerFailedException(
        "no Blackbox answers at %s (%s); start one with 'blackbox serve', or name another with"
                .formatted(server, reason(cause))
            + " --server",
        cause);
  }

  /** What an exception says, or its name where it says nothing. */
  static String reason(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
