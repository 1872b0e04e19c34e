package io.puraify.blackbox.bench;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a server has measured of itself.
 *
 * @param values by their names with their labels
 */
record ServerMetrics(Map<String, Double> values) {

  private static final Duration LOOK = Duration.ofMillis(200);

  /** A consumer that has not caught up by then is broken. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  ServerMetrics {
    values = Map.copyOf(values);
  }

  static ServerMetrics of(URI server) throws IOException {
    try (HttpConnection connection = new HttpConnection(server)) {
      HttpAnswer answer = connection.get("/metrics");
      if (answer.status() != 200) {
        throw new IOException("the server does not say what it has measured: " + answer);
      }
      return parse(answer.body());
    }
  }

  /** Reads lines of a name and a value; all others are comments. */
  static ServerMetrics parse(String text) {
    return new ServerMetrics(
        text.lines()
            .filter(line -> !line.startsWith("#") && line.contains(" "))
            .collect(
                Collectors.toMap(
                    line -> line.substring(0, line.lastIndexOf(' ')),
                    line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)),
                    (one, other) -> other)));
  }

  /** The value, or 0 where nothing has this name, as of a consumer that is switched off. */
  double value(String name) {
    return values.getOrDefault(name, 0.0);
  }

  /** The events that a consumer has not applied yet. */
  long lag(String consumer) {
    return (long) value("blackbox_consumer_lag_events{consumer=\"%s\"}".formatted(consumer));
  }

  /** The CPU time of a consumer's thread so far, in seconds. */
  double cpu(String consumer) {
    return value("blackbox_consumer_cpu_seconds_total{consumer=\"%s\"}".formatted(consumer));
  }

  /** Waits until a consumer has applied everything. */
  static ServerMetrics caughtUp(URI server, String consumer)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    ServerMetrics metrics = of(server);
    while (metrics.lag(consumer) > 0) {
      if (System.nanoTime() > deadline) {
        throw new IOException(
            "after %s the consumer %s still lags by %,d events"
                .formatted(PATIENCE, consumer, metrics.lag(consumer)));
      }
      Thread.sleep(LOOK);
      metrics = of(server);
    }
    return metrics;
  }
}
