package io.puraify.blackbox.server.cli.ingest;

/** How the events of an input are told apart. */
enum Format {
  /** As its name and its first character suggest. */
  AUTO,
  /** An event a line. */
  NDJSON,
  /** An array of events, or events one after the other, over any number of lines. */
  JSON;

  private static final String JSON_NAME = "(?i).*\\.json(\\.gz|\\.zst)?";

  /** What it is, seen an input's name and its first character. */
  Format of(String name, int firstByte) {
    return switch (this) {
      case AUTO -> firstByte == '[' || isJson(name) ? JSON : NDJSON;
      case NDJSON, JSON -> this;
    };
  }

  private static boolean isJson(String name) {
    return name.matches(JSON_NAME);
  }
}
