package io.puraify.blackbox.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures what readers of the live tail cost recording. */
@Command(
    name = "tail",
    description = "Starts Blackbox and records a steady load with and without readers of the tail.",
    mixinStandardHelpOptions = true)
final class TailCommand implements Callable<Integer> {

  private static final String EVERYTHING = "?history=0";

  @Mixin private MeasureOptions options = new MeasureOptions();

  @Option(
      names = "--readers",
      defaultValue = "200",
      description = "Readers of the live tail (${DEFAULT-VALUE}).")
  private int readers;

  @Option(
      names = "--rate",
      defaultValue = "5000",
      description = "Events that arrive a second, each in a request (${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--seconds",
      defaultValue = "10",
      description = "How long each load is measured (${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--warm-up",
      defaultValue = "5",
      description = "Seconds before that, not counted (${DEFAULT-VALUE}).")
  private int warmUp;

  @Override
  public Integer call() throws IOException, InterruptedException {
    BlackboxServer blackbox = options.blackbox();
    blackbox.requireInstalled();
    try (ServerProcess server = blackbox.onEmptyFolder()) {
      SteadyLoad load =
          new SteadyLoad(server, rate, Duration.ofSeconds(warmUp), Duration.ofSeconds(seconds));
      SteadyLoad.printHead();
      load.run("no readers (to warm up)");
      load.run("no readers");
      measure(load, "readers of a status each", ofAStatus());
      load.run("no readers");
      measure(load, "readers of everything", Collections.nCopies(readers, EVERYTHING));
      load.run("no readers");
    } finally {
      blackbox.deleteData();
    }
    return 0;
  }

  /** Each reader looks for errors of one severity, or for one status. */
  private List<String> ofAStatus() {
    List<String> filters =
        List.of("&status=error", "&status=timeout", "&severity=critical", "&severity=high");
    return IntStream.range(0, readers)
        .mapToObj(i -> EVERYTHING + filters.get(i % filters.size()))
        .toList();
  }

  private void measure(SteadyLoad load, String what, List<String> queries) throws IOException {
    try (TailReaders tail = TailReaders.open(load.server().uri(), queries)) {
      load.run(readers + " " + what);
      double took = warmUp + seconds;
      System.out.printf(
          Locale.ROOT,
          "  the readers were sent %,.0f events/s, %,.1f MB/s; told of %,.0f/s left out%n",
          tail.events() / took,
          tail.bytes() / took / 1e6,
          tail.leftOut() / took);
    }
  }
}
