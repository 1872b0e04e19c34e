package io.puraify.blackbox.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Turns real log sets into events. */
@Command(name = "log-sets", description = "Turns a folder of log sets (CSV) into events as NDJSON.")
final class LogSetsCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "FOLDER", description = "Of the sets' .csv files.")
  private Path folder = Path.of(".");

  @Parameters(index = "1", paramLabel = "FILE", description = "Where to write the events.")
  private Path file = Path.of("loghub.ndjson");

  @Option(
      names = "--recent",
      description = "Makes up times that end now, so that no retention drops the events.")
  private boolean recent;

  @Override
  public Integer call() throws IOException {
    List<LogSet> sets = LogSet.readAll(folder);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (LogSet set : sets) {
        Instant time =
            Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(set.lines().size());
        for (LogSet.Line line : set.lines()) {
          time = recent ? time.plusSeconds(1) : line.timestamp();
          out.write(set.json(line, time));
          out.write('\n');
        }
        System.out.printf(Locale.ROOT, "%-12s %,6d events%n", set.name(), set.lines().size());
      }
    }
    return 0;
  }
}
