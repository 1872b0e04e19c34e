package io.puraify.blackbox.server.cli;

/** How a command ends. */
final class ExitCode {

  /** It was called or configured wrongly. */
  static final int USAGE = 2;

  /** It could not do what it was called for. */
  static final int FAILED = 1;

  private ExitCode() {}
}
