package io.puraify.blackbox.bench;

import io.puraify.blackbox.server.demo.Traffic;
import io.puraify.blackbox.server.demo.TrafficOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import org.HdrHistogram.Histogram;

/**
 * Sends one event a request over many connections, all from one thread, so that the server keeps as
 * much of the machine as possible.
 *
 * <p>Closed loop: each connection sends its next request as soon as it has the answer. With an
 * arrival rate: requests are due at fixed moments, and a latency counts from the moment at which
 * the request was due, so that a stall of the server is seen by every request that had to wait for
 * it ("coordinated omission", as Gil Tene named what is left out otherwise).
 */
final class RequestLoad {

  /** One connection answers one request at a time, so its answers are short. */
  private static final int ANSWER_BYTES = 16 << 10;

  private static final long HIGHEST_NANOS = Duration.ofMinutes(1).toNanos();
  private static final int DIGITS = 3;

  /**
   * What to send.
   *
   * @param perSecond the arrival rate, or 0 for a closed loop
   * @param warmUp sent before, and not counted
   */
  record Options(
      URI server,
      int connections,
      double perSecond,
      Duration warmUp,
      Duration duration,
      long seed) {}

  /**
   * What came of it.
   *
   * @param latencies in nanoseconds; of a closed loop, corrected for coordinated omission
   * @param failures answers other than 202
   */
  record Result(
      long requests, long failures, Duration took, Histogram latencies, Duration driverCpu) {

    double perSecond() {
      return requests / (took.toNanos() / 1e9);
    }

    /** Milliseconds below which this many percent of the answers came. */
    double millis(double percentile) {
      return latencies.getValueAtPercentile(percentile) / 1e6;
    }
  }

  private final Options options;
  private final Traffic traffic;
  private final ArrayDeque<RequestConnection> idle = new ArrayDeque<>();
  private final Histogram latencies = new Histogram(HIGHEST_NANOS, DIGITS);
  private long requests;
  private long failures;

  RequestLoad(Options options) {
    this.options = options;
    this.traffic = new Traffic(TrafficOptions.steady(options.seed(), Instant.now(), 1_000));
  }

  Result run() throws IOException {
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < options.connections(); i++) {
        idle.add(connect(selector));
      }
      try {
        drive(selector, options.warmUp());
        latencies.reset();
        requests = 0;
        failures = 0;
        Duration cpuBefore = ProcessWatch.cpu(ProcessHandle.current().pid());
        Duration took = drive(selector, options.duration());
        Duration cpu = ProcessWatch.cpu(ProcessHandle.current().pid()).minus(cpuBefore);
        return new Result(requests, failures, took, corrected(took), cpu);
      } finally {
        for (SelectionKey key : selector.keys()) {
          key.channel().close();
        }
      }
    }
  }

  private RequestConnection connect(Selector selector) throws IOException {
    URI server = options.server();
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(server.getHost(), server.getPort()));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    RequestConnection connection =
        new RequestConnection(channel, server.getAuthority(), ANSWER_BYTES);
    channel.register(selector, SelectionKey.OP_READ, connection);
    return connection;
  }

  /** Sends for a while, then waits for the answers that are under way. */
  private Duration drive(Selector selector, Duration duration) throws IOException {
    long began = System.nanoTime();
    long end = began + duration.toNanos();
    double gap = options.perSecond() > 0 ? 1e9 / options.perSecond() : 0;
    long due = 0;
    boolean sending = true;
    while (sending || idle.size() < options.connections()) {
      long now = System.nanoTime();
      sending = now < end;
      while (sending && !idle.isEmpty()) {
        long dueAt = gap == 0 ? now : began + (long) (due * gap);
        if (dueAt > now) {
          break;
        }
        due++;
        idle.poll().send(traffic, dueAt);
      }
      selector.select(this::receive, 1);
    }
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private void receive(SelectionKey key) {
    RequestConnection connection = (RequestConnection) key.attachment();
    int status = connection.receive();
    if (status > 0) {
      requests++;
      failures += status == 202 ? 0 : 1;
      latencies.recordValue(Math.min(HIGHEST_NANOS, System.nanoTime() - connection.dueAt()));
      idle.add(connection);
    }
  }

  /**
   * In a closed loop a stall holds back the requests that would have met it. They are added as if
   * each connection had kept to its average pace.
   */
  private Histogram corrected(Duration took) {
    if (options.perSecond() > 0 || requests == 0) {
      return latencies;
    }
    long pace = took.toNanos() * options.connections() / requests;
    return latencies.copyCorrectedForCoordinatedOmission(pace);
  }
}
