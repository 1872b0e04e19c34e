package io.puraify.blackbox.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures what a heavy query costs recording. */
@Command(
    name = "heavy",
    description = "Starts Blackbox and records a steady load with and without a heavy query.",
    mixinStandardHelpOptions = true)
final class HeavyCommand implements Callable<Integer> {

  /** As many groups as events, and percentiles of each. */
  private static final String HEAVY =
      "/monitoring/stats?group_by=event_id,session_id,message"
          + "&measure=count,p50:duration_ms,p99:duration_ms,distinct:message";

  @Mixin private MeasureOptions options = new MeasureOptions();

  @Option(
      names = "--rate",
      defaultValue = "5000",
      description = "Events that arrive a second, each in a request (${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--seconds",
      defaultValue = "15",
      description = "How long each load is measured (${DEFAULT-VALUE}).")
  private int seconds;

  @Override
  public Integer call() throws IOException, InterruptedException {
    BlackboxServer blackbox = options.blackbox();
    blackbox.requireInstalled();
    Path events = EventFile.cached(options.dir(), options.events());
    try (ServerProcess server = blackbox.onEmptyFolder()) {
      blackbox.load(server, events, new Measurements());
      SteadyLoad load =
          new SteadyLoad(server, rate, Duration.ofSeconds(5), Duration.ofSeconds(seconds));
      SteadyLoad.printHead();
      load.run("nothing (to warm up)");
      load.run("nothing");
      measure(load);
      load.run("nothing");
    } finally {
      blackbox.deleteData();
    }
    return 0;
  }

  private static void measure(SteadyLoad load) throws IOException, InterruptedException {
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger answered = new AtomicInteger();
    Thread asking =
        Thread.ofPlatform().daemon().start(() -> ask(load.server().uri(), stop, asked, answered));
    load.run("one heavy query after the other");
    stop.set(true);
    asking.join();
    System.out.printf(
        Locale.ROOT,
        "  heavy queries: %d, of which %d were answered and the others stopped%n",
        asked.get(),
        answered.get());
  }

  private static void ask(
      URI server, AtomicBoolean stop, AtomicInteger asked, AtomicInteger answered) {
    try (HttpConnection connection = new HttpConnection(server)) {
      while (!stop.get()) {
        asked.incrementAndGet();
        if (connection.get(HEAVY).status() == 200) {
          answered.incrementAndGet();
        }
      }
    } catch (IOException e) {
      System.err.println("bench: the heavy query failed: " + e.getMessage());
    }
  }
}
