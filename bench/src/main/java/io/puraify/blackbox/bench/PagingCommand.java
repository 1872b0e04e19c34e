package io.puraify.blackbox.bench;

import io.puraify.blackbox.server.demo.Traffic;
import io.puraify.blackbox.server.demo.TrafficOptions;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Pages through everything while more arrives, and counts how often each event was seen. */
@Command(
    name = "paging",
    description = "Starts Blackbox and pages through all events while others arrive.",
    mixinStandardHelpOptions = true)
final class PagingCommand implements Callable<Integer> {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int BATCH = 1_000;

  @Mixin private MeasureOptions options = new MeasureOptions();

  @Option(
      names = "--rate",
      defaultValue = "20000",
      description = "Events that arrive a second meanwhile (${DEFAULT-VALUE}).")
  private double rate;

  @Override
  public Integer call() throws IOException, InterruptedException {
    BlackboxServer blackbox = options.blackbox();
    blackbox.requireInstalled();
    Path events = EventFile.cached(options.dir(), options.events());
    try (ServerProcess server = blackbox.onEmptyFolder()) {
      blackbox.load(server, events, new Measurements());
      Pass alone = Pass.through(server.uri());
      say("alone", alone);
      Arrivals arrivals = new Arrivals(server.uri());
      Thread sender = Thread.ofPlatform().daemon().start(arrivals);
      Pass meanwhile = Pass.through(server.uri());
      arrivals.stop.set(true);
      sender.join();
      say("while others arrive", meanwhile);
      Set<String> missing = new HashSet<>(alone.ids);
      missing.removeAll(meanwhile.ids);
      System.out.printf(
          Locale.ROOT,
          "%,.0f events/s arrived, %,d of them were seen%n"
              + "of the %,d that were there at the start: missing %d; seen twice, of all: %d%n",
          arrivals.sent.get() / (meanwhile.took.toNanos() / 1e9),
          meanwhile.ids.size() + missing.size() - alone.ids.size(),
          alone.ids.size(),
          missing.size(),
          meanwhile.repeated);
    } finally {
      blackbox.deleteData();
    }
    return 0;
  }

  private static void say(String when, Pass pass) {
    System.out.printf(
        Locale.ROOT,
        "%s: %,d events in %d pages, %.1f s%n",
        when,
        pass.ids.size(),
        pass.pages,
        pass.took.toMillis() / 1e3);
  }

  /** From the newest event to the oldest, page by page. */
  private record Pass(Set<String> ids, long repeated, int pages, Duration took) {

    static Pass through(URI server) throws IOException {
      Set<String> ids = new HashSet<>();
      long repeated = 0;
      int pages = 0;
      long began = System.nanoTime();
      try (HttpConnection connection = new HttpConnection(server)) {
        String path = "/monitoring/logs?limit=5000";
        String next = path;
        while (!next.isEmpty()) {
          HttpAnswer answer = connection.get(next);
          if (answer.status() != 200) {
            throw new IOException("a page failed: " + answer);
          }
          JsonNode page = JSON.readTree(answer.body());
          for (JsonNode event : page.path("logs")) {
            repeated += ids.add(event.path("event_id").asString()) ? 0 : 1;
          }
          pages++;
          String cursor = page.path("next_cursor").asString("");
          next =
              cursor.isEmpty()
                  ? ""
                  : path + "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
        }
      }
      return new Pass(ids, repeated, pages, Duration.ofNanos(System.nanoTime() - began));
    }
  }

  /** Events of now, and in turn such as have the times of those that are paged through. */
  private final class Arrivals implements Runnable {
    private final URI server;
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicLong sent = new AtomicLong();

    Arrivals(URI server) {
      this.server = server;
    }

    @Override
    public void run() {
      Traffic late =
          new Traffic(TrafficOptions.steady(2, Instant.parse("2026-01-01T00:00:00.0005Z"), 1_000));
      Traffic fresh = new Traffic(TrafficOptions.steady(3, Instant.now(), 1_000));
      byte[] lines = new byte[BATCH * Traffic.MAX_LINE_BYTES];
      long began = System.nanoTime();
      try (HttpConnection connection = new HttpConnection(server)) {
        while (!stop.get()) {
          long due = began + (long) (sent.get() / rate * 1e9);
          Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
          Traffic traffic = sent.get() / BATCH % 2 == 0 ? late : fresh;
          int end = 0;
          for (int i = 0; i < BATCH; i++) {
            end = traffic.next(lines, end);
          }
          HttpAnswer answer = connection.post("/monitoring/logs", ByteBuffer.wrap(lines, 0, end));
          if (answer.status() != 202) {
            throw new IOException("events were refused: " + answer);
          }
          sent.addAndGet(BATCH);
        }
      } catch (IOException e) {
        System.err.println("bench: " + e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
