package io.puraify.blackbox.server.cli.output;

import io.puraify.blackbox.server.cli.terminal.Shell;

/** When output is coloured. */
enum ColourChoice {
  /** In a terminal, unless NO_COLOR is set. */
  AUTO,
  ALWAYS,
  NEVER;

  boolean colours(Shell shell) {
    return switch (this) {
      case AUTO -> shell.coloured();
      case ALWAYS -> true;
      case NEVER -> false;
    };
  }
}
