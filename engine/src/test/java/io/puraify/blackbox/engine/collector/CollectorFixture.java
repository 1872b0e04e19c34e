package io.puraify.blackbox.engine.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.EventBlock;
import io.puraify.blackbox.core.Position;
import io.puraify.blackbox.journal.Journal;
import io.puraify.blackbox.journal.JournalOptions;
import io.puraify.blackbox.journal.JournalRecord;
import io.puraify.blackbox.journal.JournalTail;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A collector over a journal in a folder, with lanes that have a thread each as in the server. */
final class CollectorFixture implements AutoCloseable {

  static final Instant NOW = Instant.parse("2025-07-25T20:00:00Z");
  static final Duration LONG = Duration.ofMinutes(2);

  final JournalGate gate = new JournalGate();
  final MeterRegistry registry = new SimpleMeterRegistry();
  final EventIdWindow ids = new EventIdWindow();
  final Journal journal;
  final Collector collector;
  private final List<Way> ways = new ArrayList<>();

  CollectorFixture(Path folder) {
    this(folder, options -> options);
  }

  CollectorFixture(Path folder, UnaryOperator<JournalOptions> options) {
    journal = new Journal(options.apply(JournalOptions.in(folder).withFaultPoint(gate)));
    journal.start();
    collector = new Collector(journal, ids, RedactionOptions.DEFAULT, () -> NOW, registry);
  }

  /** Another way in. */
  Way way() {
    Way way = new Way(collector);
    ways.add(way);
    return way;
  }

  /** A lane and its thread. */
  static final class Way implements AutoCloseable {
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Lane lane;

    Way(Collector collector) {
      lane = collector.lane(thread);
    }

    Lane lane() {
      return lane;
    }

    /** Runs something on the lane's thread, and waits for it. */
    <T> T run(Callable<T> task) throws Exception {
      return thread.submit(task).get(LONG.toSeconds(), TimeUnit.SECONDS);
    }

    /** Begins a request. */
    Ingest begin(BodyFormat format, @Nullable String idempotencyKey) throws Exception {
      return run(() -> lane.ingest(format, idempotencyKey));
    }

    /** Feeds a part of a request's body. */
    void feed(Ingest ingest, String part) throws Exception {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      run(() -> {
        ingest.feed(bytes, 0, bytes.length);
        return null;
      });
    }

    /** Sends a whole request, in one piece. */
    CompletableFuture<IngestResult> send(BodyFormat format, @Nullable String key, String body)
        throws Exception {
      Ingest ingest = begin(format, key);
      feed(ingest, body);
      run(() -> {
        ingest.finish();
        return null;
      });
      return ingest.result();
    }

    /** Sends a whole request of lines without a key. */
    CompletableFuture<IngestResult> send(String... lines) throws Exception {
      return send(BodyFormat.NDJSON, null, String.join("\n", lines));
    }

    @Override
    public void close() {
      thread.close();
    }
  }

  /** What became of a request, which has to be known soon. */
  static IngestResult get(CompletableFuture<IngestResult> result) throws Exception {
    return result.get(LONG.toSeconds(), TimeUnit.SECONDS);
  }

  /** Why a request failed. */
  static Throwable failureOf(CompletableFuture<IngestResult> result) throws Exception {
    try {
      IngestResult unexpected = result.orTimeout(LONG.toSeconds(), TimeUnit.SECONDS).join();
      throw new AssertionError("answered with " + unexpected);
    } catch (CompletionException e) {
      return e.getCause();
    }
  }

  /** All events in the journal. */
  List<Event> events() throws InterruptedException {
    List<Event> events = new ArrayList<>();
    for (JournalRecord record : records()) {
      EventBlock block = new EventBlock(new Position(record.first()), record.payload());
      assertThat(block.rows()).isEqualTo(record.events());
      for (int row = 0; row < block.rows(); row++) {
        events.add(block.event(row));
      }
    }
    return events;
  }

  /** All records in the journal, a block of events each. */
  List<JournalRecord> records() throws InterruptedException {
    List<JournalRecord> records = new ArrayList<>();
    try (JournalTail tail = journal.tail(journal.firstPosition())) {
      while (tail.position() < journal.end()) {
        records.addAll(tail.next(1_000_000, LONG));
      }
    }
    return records;
  }

  /** What a counter has counted. */
  double counted(String name, String... tags) {
    Counter counter = registry.find(name).tags(tags).counter();
    assertThat(counter).as(name).isNotNull();
    return counter.count();
  }

  @Override
  public void close() {
    gate.release();
    ways.forEach(Way::close);
    journal.close();
  }
}
