package io.puraify.blackbox.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Where results are recorded: two files a run, named by its time and its kind. */
record Results(Path folder) {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmm", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Writes a report and returns its file for people. */
  Path record(Report report) throws IOException {
    Files.createDirectories(folder);
    String name = TIME.format(report.conditions().date()) + "-" + report.kind();
    Path markdown = folder.resolve(name + ".md");
    Files.writeString(markdown, report.markdown());
    Files.writeString(folder.resolve(name + ".json"), report.json());
    return markdown;
  }
}
