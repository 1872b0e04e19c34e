package io.puraify.blackbox.server.cli.terminal;

/** Whether people watch, and how much they see. */
public interface Terminal {

  /** How wide output is that nobody watches. */
  int USUAL_COLUMNS = 80;

  /** Nobody watches: output goes into files and pipes. */
  Terminal NONE =
      new Terminal() {
        @Override
        public boolean showsOutput() {
          return false;
        }

        @Override
        public boolean showsErrors() {
          return false;
        }

        @Override
        public int columns() {
          return USUAL_COLUMNS;
        }
      };

  /** Whether standard output is a terminal. */
  boolean showsOutput();

  /** Whether standard error is a terminal. */
  boolean showsErrors();

  /** Characters a line. */
  int columns();
}
