package io.puraify.blackbox.bench;

import io.puraify.blackbox.server.demo.Traffic;
import io.puraify.blackbox.server.demo.TrafficOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Made-up events at a steady rate, a hundred requests a second. One event a second is marked. Goes
 * on where it was with each run.
 */
final class PacedLoad {

  private static final int REQUESTS_A_SECOND = 100;

  private final URI server;
  private final int rate;
  private final MarkReceiver receiver;
  private final Traffic traffic;
  private final byte[] buffer;
  private int marks;

  /**
   * Prepares it.
   *
   * @param rate events a second
   */
  PacedLoad(URI server, int rate, MarkReceiver receiver) {
    this.server = server;
    this.rate = rate;
    this.receiver = receiver;
    this.traffic =
        new Traffic(TrafficOptions.steady(1, Instant.parse("2026-01-01T00:00:00Z"), rate));
    this.buffer = new byte[rate / REQUESTS_A_SECOND * 2_000 + 2 * Traffic.MAX_LINE_BYTES];
  }

  /** Sends for so long, and returns how many events were taken a second. */
  double run(Duration duration) throws IOException, InterruptedException {
    long began = System.nanoTime();
    long requests = duration.toSeconds() * REQUESTS_A_SECOND;
    long events = 0;
    try (HttpConnection connection = new HttpConnection(server)) {
      for (long i = 0; i < requests; i++) {
        long due = began + i * (1_000_000_000L / REQUESTS_A_SECOND);
        long wait = due - System.nanoTime();
        if (wait > 0) {
          TimeUnit.NANOSECONDS.sleep(wait);
        }
        events += send(connection, i % REQUESTS_A_SECOND == 0);
      }
    }
    return events / ((System.nanoTime() - began) / 1e9);
  }

  private long send(HttpConnection connection, boolean marked) throws IOException {
    int length = 0;
    long before = traffic.events();
    while (traffic.events() < before + rate / REQUESTS_A_SECOND
        && length < buffer.length - 2 * Traffic.MAX_LINE_BYTES) {
      length = traffic.next(buffer, length);
    }
    if (marked) {
      marks++;
      String mark = "mark-" + marks + "-";
      byte[] line =
          "{\"project_id\":\"bench\",\"event_type\":\"mark\",\"event_id\":\"%s\",\"message\":\"%s\"}\n"
              .formatted(mark, mark)
              .getBytes(StandardCharsets.UTF_8);
      System.arraycopy(line, 0, buffer, length, line.length);
      length += line.length;
      receiver.sent(mark);
    }
    HttpAnswer answer = connection.post("/monitoring/logs", ByteBuffer.wrap(buffer, 0, length));
    return answer.status() == 202 ? answer.number("accepted") : 0;
  }
}
