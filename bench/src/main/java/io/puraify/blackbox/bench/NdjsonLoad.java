package io.puraify.blackbox.bench;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends a file of events as NDJSON over a few connections, in slices of whole lines, until each
 * slice was answered 202 and the last event can be queried.
 */
final class NdjsonLoad {

  /** Sends the whole file. */
  static final long ALL = Long.MAX_VALUE;

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String LOGS = "/monitoring/logs";
  private static final String MARKER_PROJECT = "blackbox_bench";
  private static final Duration POLL = Duration.ofMillis(20);

  /** A store that shows nothing for so long is broken. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /**
   * What to send.
   *
   * @param events of the file to send, from its beginning, or {@link #ALL}
   * @param sliceBytes of one request's body, about
   */
  record Options(URI server, Path file, long events, int connections, int sliceBytes) {}

  /**
   * What came of it.
   *
   * @param acknowledged until the last 202
   * @param queryable until the last event could be queried
   * @param refused answers 503, each tried again
   * @param driverCpu CPU time of the load driver's process
   */
  record Result(
      long events,
      long bytes,
      Duration acknowledged,
      Duration queryable,
      long refused,
      Duration driverCpu) {

    double acknowledgedPerSecond() {
      return events / (acknowledged.toNanos() / 1e9);
    }

    double queryablePerSecond() {
      return events / (queryable.toNanos() / 1e9);
    }
  }

  private final Options options;
  private final LongAdder accepted = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final AtomicLong sent = new AtomicLong();

  NdjsonLoad(Options options) {
    this.options = options;
  }

  Result run() throws IOException, InterruptedException {
    try (FileChannel file = FileChannel.open(options.file())) {
      long end =
          options.events() == ALL ? file.size() : LineSlices.endOfLine(file, options.events());
      LineSlices slices = new LineSlices(file, end, options.sliceBytes());
      Duration cpuBefore = ProcessWatch.cpu(ProcessHandle.current().pid());
      long began = System.nanoTime();
      Progress progress = Progress.of("bytes sent", end);
      ParallelSend.all(
          options.server(),
          options.connections(),
          slices,
          (connection, slice) -> send(file, progress, connection, slice));
      Duration acknowledged = Duration.ofNanos(System.nanoTime() - began);
      awaitMarker(LineSlices.lastLine(file, end));
      Duration queryable = Duration.ofNanos(System.nanoTime() - began);
      Duration cpu = ProcessWatch.cpu(ProcessHandle.current().pid()).minus(cpuBefore);
      return new Result(accepted.sum(), end, acknowledged, queryable, refused.sum(), cpu);
    }
  }

  private void send(
      FileChannel file, Progress progress, HttpConnection connection, LineSlices.Slice slice)
      throws IOException, InterruptedException {
    HttpAnswer answer = connection.postFile(LOGS, file, slice.from(), slice.length());
    while (answer.status() == 503) {
      refused.increment();
      Thread.sleep(Duration.ofSeconds(answer.retryAfterSeconds()));
      answer = connection.postFile(LOGS, file, slice.from(), slice.length());
    }
    accepted.add(acceptedBy(answer));
    progress.at(sent.addAndGet(slice.length()));
  }

  private static long acceptedBy(HttpAnswer answer) {
    if (answer.status() != 202 || !answer.body().replace(" ", "").contains("\"rejected\":[]")) {
      throw new IllegalStateException("expected 202 and nothing rejected, got " + answer);
    }
    return answer.number("accepted");
  }

  /**
   * Sends one more event, of the time of the last one, and asks for it until it is found. The
   * journal keeps the order, so every event before it can be found then.
   */
  private void awaitMarker(String lastEvent) throws IOException, InterruptedException {
    String id = UUID.randomUUID().toString();
    String time = JSON.readTree(lastEvent).path("timestamp").asString();
    String marker =
        """
        {"project_id":"%s","event_id":"%s","timestamp":"%s"}
        """
            .formatted(MARKER_PROJECT, id, time);
    String query =
        "%s?project_id=%s&event_id=%s&from=%s&limit=1"
            .formatted(LOGS, MARKER_PROJECT, id, URLEncoder.encode(time, StandardCharsets.UTF_8));
    try (HttpConnection connection = new HttpConnection(options.server())) {
      HttpAnswer sent =
          connection.post(LOGS, ByteBuffer.wrap(marker.getBytes(StandardCharsets.UTF_8)));
      acceptedBy(sent);
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      HttpAnswer answer = connection.get(query);
      while (answer.status() != 200 || !answer.body().contains(id)) {
        if (answer.status() != 200 || System.nanoTime() > deadline) {
          throw new IllegalStateException("the last event cannot be queried: " + answer);
        }
        Thread.sleep(POLL);
        answer = connection.get(query);
      }
    }
  }
}
