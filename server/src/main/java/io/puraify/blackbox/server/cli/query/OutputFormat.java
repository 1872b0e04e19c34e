package io.puraify.blackbox.server.cli.query;

/** How events are printed. */
enum OutputFormat {
  /** A line an event with what matters most, for people. */
  TABLE,
  /** One JSON array. */
  JSON,
  /** A JSON object a line. */
  NDJSON,
  /** Comma-separated values. */
  CSV
}
