package io.puraify.blackbox.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures Blackbox from its start to its answers. */
@Command(
    name = "run",
    description = "Starts Blackbox, measures it, prints the table and records it.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

  @Mixin private MeasureOptions options = new MeasureOptions();

  @Option(
      names = "--rate",
      defaultValue = "25000",
      description = "Requests that arrive a second at the fixed rate (${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--seconds",
      defaultValue = "15",
      description = "How long each load of single requests is measured (${DEFAULT-VALUE}).")
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
    Conditions conditions = Conditions.of(Instant.now(), options.events(), commandLine());
    Steps steps = new Steps();
    steps.say("making up the events, unless they are there");
    Path events = EventFile.cached(options.dir(), options.events());
    BlackboxRun.Options what =
        new BlackboxRun.Options(
            events,
            options.events(),
            options.runs(),
            rate,
            Duration.ofSeconds(warmUp),
            Duration.ofSeconds(seconds));
    Measurements measured = new BlackboxRun(blackbox, what, steps).measure();
    SystemResult result = new SystemResult("Blackbox", options.events(), measured);
    Report report = new Report("run", conditions, result, List.of());
    System.out.print(report.markdown());
    steps.say("recorded in " + options.results().record(report));
    return 0;
  }

  private String commandLine() {
    return String.format(
        Locale.ROOT,
        "bench run --events %d --runs %d --rate %.0f --seconds %d --warm-up %d",
        options.events(),
        options.runs(),
        rate,
        seconds,
        warmUp);
  }
}
