package io.puraify.blackbox.server.cli.output;

/** How results are printed. */
public enum OutputFormat {
  /** A line a row with what matters most, for people. */
  TABLE,
  /** One JSON value. */
  JSON,
  /** A JSON object a line. */
  NDJSON,
  /** Comma-separated values. */
  CSV
}
