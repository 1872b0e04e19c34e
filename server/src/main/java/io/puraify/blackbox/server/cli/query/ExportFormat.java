package io.puraify.blackbox.server.cli.query;

import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** How exported events are written. */
enum ExportFormat {
  NDJSON,
  CSV,
  /** Apache Parquet, which only the server writes. */
  PARQUET,
  JSON,
  TABLE;

  /** The one that a file's name ends with; NDJSON where it tells nothing. */
  static ExportFormat of(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return Stream.of(values())
        .filter(format -> name.endsWith("." + format.parameter()))
        .findFirst()
        .orElse(NDJSON);
  }

  /** Its name in a request. */
  String parameter() {
    return name().toLowerCase(Locale.ROOT);
  }
}
