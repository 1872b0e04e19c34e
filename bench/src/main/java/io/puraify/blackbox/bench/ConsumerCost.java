package io.puraify.blackbox.bench;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/**
 * What grouping errors and watching the performance cost a load, as their threads' own CPU time.
 *
 * @param errors CPU seconds of the Error Aggregator
 * @param performance CPU seconds of the Performance Monitor
 * @param lag of the Error Aggregator, in events, at the end
 */
record ConsumerCost(double errors, double performance, long lag) {

  private static final String ERRORS = "errors";
  private static final String PERFORMANCE = "performance";

  /** What a server has spent so far. */
  static ConsumerCost of(URI server) throws IOException {
    ServerMetrics metrics = ServerMetrics.of(server);
    return new ConsumerCost(metrics.cpu(ERRORS), metrics.cpu(PERFORMANCE), metrics.lag(ERRORS));
  }

  /** What was spent since. */
  ConsumerCost since(ConsumerCost before) {
    return new ConsumerCost(errors - before.errors, performance - before.performance, lag);
  }

  /**
   * The part of all processors' time that went into them, in percent. While the processors are what
   * a load has too little of, it would be quicker without them by no more than that.
   */
  double percent(Duration load) {
    double all = Runtime.getRuntime().availableProcessors() * (load.toNanos() / 1e9);
    return 100 * (errors + performance) / all;
  }

  String text(Duration load) {
    return String.format(
        Locale.ROOT,
        "grouping errors %.2f s of CPU, watching the performance %.2f s: %.1f %% of the processors'"
            + " time; errors of %,d events are still to be grouped",
        errors,
        performance,
        percent(load),
        lag);
  }
}
