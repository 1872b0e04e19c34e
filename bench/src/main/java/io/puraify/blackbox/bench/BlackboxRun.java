package io.puraify.blackbox.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** Measures everything that is measured of Blackbox alone. */
final class BlackboxRun {

  private static final int STARTS = 7;
  private static final int RESTARTS = 5;
  private static final int CONNECTIONS = 64;

  /**
   * What to measure.
   *
   * @param runs how often each throughput is measured
   * @param perSecond how many requests arrive a second at the fixed rate
   * @param warmUp of each load of single requests
   * @param duration of each load of single requests
   */
  record Options(
      Path events, long count, int runs, double perSecond, Duration warmUp, Duration duration) {}

  private final BlackboxServer blackbox;
  private final Options options;
  private final Steps steps;
  private final Measurements measurements = new Measurements();

  BlackboxRun(BlackboxServer blackbox, Options options, Steps steps) {
    this.blackbox = blackbox;
    this.options = options;
    this.steps = steps;
  }

  Measurements measure() throws IOException, InterruptedException {
    measureStarts();
    for (int run = 1; run <= options.runs(); run++) {
      steps.say("NDJSON, run %d of %d".formatted(run, options.runs()));
      try (ServerProcess server = blackbox.onEmptyFolder()) {
        NdjsonLoad.Result load = blackbox.load(server, options.events(), measurements);
        if (run == options.runs()) {
          measureStored(server, load);
        }
        measurements.add(Work.MEMORY, server.mostResidentMib());
      }
    }
    measureRestarts();
    for (int run = 1; run <= options.runs(); run++) {
      measureRequests(run);
    }
    blackbox.deleteData();
    return measurements;
  }

  private void measureStarts() throws IOException, InterruptedException {
    steps.say("starting on an empty folder, %d times".formatted(STARTS));
    // The first start may build what is missing, and reads the program from the disk.
    blackbox.onEmptyFolder().close();
    for (int i = 0; i < STARTS; i++) {
      try (ServerProcess server = blackbox.onEmptyFolder()) {
        measurements.add(Work.START, seconds(server.startToReady()));
      }
    }
  }

  private void measureStored(ServerProcess server, NdjsonLoad.Result load)
      throws IOException, InterruptedException {
    steps.say("waiting until the store has settled");
    blackbox.settle(server, load, options.count(), measurements);
    steps.say("counting what the answers must have");
    Samples samples = Samples.of(options.events(), options.count());
    Expected expected = Expected.of(options.events(), options.count(), samples);
    steps.say("asking");
    BlackboxServer.ask(server, samples, expected, measurements);
  }

  private void measureRestarts() throws IOException, InterruptedException {
    steps.say("starting on the stored events, %d times".formatted(RESTARTS));
    for (int i = 0; i < RESTARTS; i++) {
      try (ServerProcess server = blackbox.onSameFolder()) {
        measurements.add(Work.RESTART, seconds(server.startToReady()));
        measurements.add(Work.MEMORY, server.mostResidentMib());
      }
    }
  }

  private void measureRequests(int run) throws IOException, InterruptedException {
    steps.say("one event a request, run %d of %d".formatted(run, options.runs()));
    try (ServerProcess server = blackbox.onEmptyFolder()) {
      RequestLoad.Result closed = requests(server, 0);
      measurements.add(Work.REQUESTS, closed.perSecond());
      measurements.add(Work.REQUESTS_P99, closed.millis(99));
      RequestLoad.Result arriving = requests(server, options.perSecond());
      measurements.add(Work.ARRIVALS, arriving.perSecond());
      measurements.add(Work.ARRIVALS_P99, arriving.millis(99));
      measurements.add(Work.MEMORY, server.mostResidentMib());
      note(closed, arriving);
    }
  }

  private RequestLoad.Result requests(ServerProcess server, double perSecond) throws IOException {
    return new RequestLoad(
            new RequestLoad.Options(
                server.uri(),
                CONNECTIONS,
                perSecond,
                options.warmUp(),
                options.duration(),
                System.nanoTime()))
        .run();
  }

  private void note(RequestLoad.Result closed, RequestLoad.Result arriving) {
    measurements.note(
        String.format(
            Locale.ROOT, "the fixed rate is %,.0f requests a second", options.perSecond()));
    long failures = closed.failures() + arriving.failures();
    if (failures > 0) {
      measurements.note("%,d single requests were not answered with 202".formatted(failures));
    }
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
