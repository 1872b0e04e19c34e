package io.puraify.blackbox.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Finds every line of the log sets in a running server. */
@Command(
    name = "log-sets-check",
    description = "Finds each line of the log sets by its words, in a server that took them in.")
final class LogSetsCheckCommand implements Callable<Integer> {

  private static final int EXIT_NOT_FOUND = 1;

  @Parameters(paramLabel = "FOLDER", description = "Of the sets' .csv files.")
  private Path folder = Path.of(".");

  @Mixin private Target target = new Target();

  @Override
  public Integer call() throws IOException {
    int missing = 0;
    try (LogSetsCheck check = new LogSetsCheck(target.server())) {
      for (LogSet set : LogSet.readAll(folder)) {
        LogSetsCheck.Result result = check.find(set);
        System.out.printf(
            Locale.ROOT,
            "%-12s %,6d of %,6d lines found by their words, with %,d queries%n",
            set.name(),
            result.found(),
            result.total(),
            result.queries());
        result.missing().stream().limit(5).forEach(id -> System.out.println("  missing: " + id));
        missing += result.missing().size();
      }
    }
    return missing == 0 ? 0 : EXIT_NOT_FOUND;
  }
}
