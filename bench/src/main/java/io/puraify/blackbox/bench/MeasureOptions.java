package io.puraify.blackbox.bench;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What the commands have in common that measure everything by themselves. */
final class MeasureOptions {

  @Option(
      names = "--events",
      defaultValue = "5000000",
      description = "Events in the file (${DEFAULT-VALUE}).")
  private long events;

  @Option(
      names = "--runs",
      defaultValue = "3",
      description = "How often each throughput is measured (${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--dir",
      defaultValue = "bench/data",
      description = "Where files and data are kept meanwhile (${DEFAULT-VALUE}).")
  private Path dir = Path.of("bench/data");

  @Option(
      names = "--launcher",
      defaultValue = "./blackbox",
      description = "The program that starts Blackbox (${DEFAULT-VALUE}).")
  private Path launcher = Path.of("./blackbox");

  @Option(
      names = "--results",
      defaultValue = "bench/results",
      description = "Where the results are recorded (${DEFAULT-VALUE}).")
  private Path results = Path.of("bench/results");

  long events() {
    return events;
  }

  int runs() {
    return runs;
  }

  Path dir() {
    return dir;
  }

  BlackboxServer blackbox() {
    return new BlackboxServer(launcher, dir);
  }

  Results results() {
    return new Results(results);
  }
}
