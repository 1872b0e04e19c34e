package io.puraify.blackbox.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes made-up events to a file. */
@Command(name = "generate", description = "Writes made-up events to a file as NDJSON.")
final class GenerateCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "Where to; an existing file is replaced.")
  private Path file = Path.of("events.ndjson");

  @Option(
      names = "--events",
      defaultValue = "5000000",
      description = "How many (${DEFAULT-VALUE}).")
  private long events;

  @Option(names = "--seed", defaultValue = "1", description = "Of everything random.")
  private long seed;

  @Option(
      names = "--start",
      defaultValue = "2026-01-01T00:00:00Z",
      description = "Time of the first event (${DEFAULT-VALUE}).")
  private String start = "";

  @Option(
      names = "--per-second",
      defaultValue = "1000",
      description = "Events a second of their own time (${DEFAULT-VALUE}).")
  private double perSecond;

  @Override
  public Integer call() throws IOException {
    long began = System.nanoTime();
    long bytes =
        EventFile.write(
            file, events, seed, Instant.parse(start), perSecond, Progress.of("events", events));
    double seconds = (System.nanoTime() - began) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%s: %,d events, %,d bytes, %.1f bytes an event, %.1f s%n",
        file,
        events,
        bytes,
        bytes / (double) events,
        seconds);
    return 0;
  }
}
