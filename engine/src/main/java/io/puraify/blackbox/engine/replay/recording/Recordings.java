package io.puraify.blackbox.engine.replay.recording;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Problem;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.engine.query.Parameters;
import io.puraify.blackbox.engine.replay.SessionId;
import io.puraify.blackbox.engine.replay.recording.RecordingTables.Day;
import io.puraify.blackbox.engine.replay.recording.RecordingTables.Row;
import io.puraify.blackbox.engine.state.StateDatabase;
import io.puraify.blackbox.engine.state.StateSchema;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All recordings, in a database of their own. A chunk that was answered for survives a crash, and
 * is there once however often it is sent. Safe for any thread; building one does no I/O.
 */
public final class Recordings {

  public static final StateSchema SCHEMA = RecordingTables.SCHEMA;

  private static final Logger log = LoggerFactory.getLogger(Recordings.class);

  /** Chunks of one session wait for each other; those of others only by chance. */
  private static final int LOCKS = 64;

  /** A chunk as a tree takes ten times its size in memory. */
  private static final int MASKED_AT_ONCE = 4;

  private static final int PROJECTS_NAMED = 10;

  private final StateDatabase database;
  private final RecordingOptions options;
  private final Supplier<Secrets> secrets;
  private final List<ReentrantLock> locks =
      Stream.generate(ReentrantLock::new).limit(LOCKS).toList();
  private final Semaphore masking = new Semaphore(MASKED_AT_ONCE, true);
  private final AtomicLong storedBytes = new AtomicLong();
  private final RecordingRoom room = new RecordingRoom();
  private final Counter stored;
  private final Counter duplicates;
  private final Counter conflicts;
  private final Counter expired;
  private final Counter madeRoom;

  /**
   * Recordings in a database that has {@link #SCHEMA}.
   *
   * @param secrets makes a mask for one chunk
   */
  public Recordings(
      StateDatabase database,
      RecordingOptions options,
      Supplier<Secrets> secrets,
      MeterRegistry registry) {
    this.database = database;
    this.options = options;
    this.secrets = secrets;
    this.stored = chunks(registry, "stored");
    this.duplicates = chunks(registry, "duplicate");
    this.conflicts = chunks(registry, "conflict");
    this.expired = removed(registry, "retention");
    this.madeRoom = removed(registry, "room");
    Gauge.builder("blackbox.recordings.size", storedBytes, AtomicLong::doubleValue)
        .description("What recordings take, compressed")
        .baseUnit("bytes")
        .register(registry);
  }

  private static Counter chunks(MeterRegistry registry, String result) {
    return Counter.builder("blackbox.recordings.chunks")
        .description("Chunks of recordings that were answered for")
        .tag("result", result)
        .register(registry);
  }

  private static Counter removed(MeterRegistry registry, String reason) {
    return Counter.builder("blackbox.recordings.removed")
        .description("Recordings that were removed, by age or to make room for new ones")
        .tag("reason", reason)
        .register(registry);
  }

  /** Finds out what there is; comes before all else. */
  public void start() {
    storedBytes.set(database.read(handle -> new RecordingTables(handle).storedBytes()));
  }

  /** Bounds what is received and sent at once. */
  public RecordingRoom room() {
    return room;
  }

  /** The most that a chunk has, in bytes, expanded. */
  public long maxChunkBytes() {
    return options.maxChunkBytes();
  }

  /**
   * Masks a chunk and stores it, durably so when this returns.
   *
   * @param body a JSON array of rrweb events, of at most {@link #maxChunkBytes}
   * @throws ProblemException where it is none, where there is another of its number, or where the
   *     recording would be too large
   */
  public RecordingReceipt add(RecordingRequest request, byte[] body) {
    SessionId session = request.session();
    int number = request.chunk().orElseThrow();
    // Masking goes on from where the chunk before has ended.
    ReentrantLock lock = locks.get(Math.floorMod(session.hashCode(), LOCKS));
    lock.lock();
    try {
      Optional<Row> before = find(session);
      Optional<Long> there = before.flatMap(row -> outline(row, number));
      if (there.isPresent()) {
        requireSame(session, number, there.get(), body);
        duplicates.increment();
        return new RecordingReceipt(number, 0, true);
      }
      MaskedChunk masked = mask(before, number, body);
      requireRoom(before, masked);
      database.change(handle -> store(new RecordingTables(handle), session, masked));
      stored.increment();
      return new RecordingReceipt(number, masked.chunk().events(), false);
    } finally {
      lock.unlock();
    }
  }

  private Optional<Row> find(SessionId session) {
    return database.read(handle -> new RecordingTables(handle).find(session));
  }

  private Optional<Long> outline(Row row, int number) {
    return database.read(handle -> new RecordingTables(handle).outline(row.number(), number));
  }

  /** Another chunk of a number that there is comes of a page that counts anew. */
  private void requireSame(SessionId session, int number, long there, byte[] body) {
    if (outline(body) == there) {
      return;
    }
    database.change(handle -> {
      RecordingTables tables = new RecordingTables(handle);
      tables
          .find(session)
          .ifPresent(row -> {
            // What is known is of another page than the one that goes on.
            row.nodes().lose();
            tables.put(row);
          });
    });
    conflicts.increment();
    throw new ProblemException(
        new Problem(
            409,
            "chunk-exists",
            "There is another chunk of this number",
            ("Chunk %d of the session was stored with other events, and stays as it is. The chunks"
                    + " of a session are counted through all of its pages: keep the counter in"
                    + " sessionStorage")
                .formatted(number)));
  }

  private long outline(byte[] body) {
    masking.acquireUninterruptibly();
    try {
      return RecordedEvents.parse(body).outline();
    } finally {
      masking.release();
    }
  }

  private MaskedChunk mask(Optional<Row> before, int number, byte[] body) {
    masking.acquireUninterruptibly();
    try {
      return MaskedChunk.of(before, number, body, options.maskInputs(), secrets.get());
    } finally {
      masking.release();
    }
  }

  private void requireRoom(Optional<Row> before, MaskedChunk chunk) {
    long bytes = before.map(row -> row.recording().bytes()).orElse(0L) + chunk.bytes();
    long compressed = before.map(Row::storedBytes).orElse(0L) + chunk.chunk().content().length;
    if (bytes > options.maxSessionBytes() || compressed > options.maxBytes()) {
      throw new ProblemException(
          new Problem(
              413,
              "recording-too-large",
              "The recording is too large",
              ("With this chunk the session would have %,d bytes, of which %,d are kept; what came"
                      + " before stays. End this recording")
                  .formatted(bytes, options.maxSessionBytes())));
    }
  }

  private void store(RecordingTables tables, SessionId session, MaskedChunk chunk) {
    // What was found before may have been removed since, for its age or to make room.
    Optional<Row> before = tables.find(session);
    long all = tables.storedBytes() + chunk.chunk().content().length;
    while (all > options.maxBytes()) {
      Optional<Row> oldest = tables.oldestBut(session);
      if (oldest.isEmpty()) {
        break;
      }
      tables.remove(oldest.get());
      all -= oldest.get().storedBytes();
      madeRoom.increment();
      log.warn(
          "recordings take {} bytes, which is all they may: that of session {} of project {} made"
              + " room",
          options.maxBytes(),
          oldest.get().recording().session().id(),
          oldest.get().recording().session().projectId());
    }
    long now = Micros.of(options.clock().instant());
    Row after = chunk.after(before, session, tables.nextNumber(), now);
    tables.add(after.number(), chunk.chunk());
    tables.put(after);
    storedBytes.set(all);
  }

  /** Which of some sessions have a recording. */
  public Set<SessionId> recorded(Collection<SessionId> sessions) {
    return database.read(handle -> {
      RecordingTables tables = new RecordingTables(handle);
      return sessions.stream()
          .filter(session -> tables.find(session).isPresent())
          .collect(Collectors.toUnmodifiableSet());
    });
  }

  /**
   * The recording that a request is about.
   *
   * @throws ProblemException where there is none, or there are several
   */
  public Recording find(RecordingRequest request) {
    List<Row> found =
        database.read(handle -> {
          RecordingTables tables = new RecordingTables(handle);
          return request.projectId().isPresent()
              ? tables.find(request.session()).stream().toList()
              : tables.find(request.sessionId(), PROJECTS_NAMED);
        });
    if (found.isEmpty()) {
      throw new ProblemException(
          new Problem(
              404,
              "recording-not-found",
              "There is no such recording",
              "The session %s has none; it may have passed its retention"
                  .formatted(request.sessionId())));
    }
    if (found.size() > 1) {
      throw Parameters.refusal(
          "project_id",
          "several projects have a recording of this id: %s; say which"
              .formatted(
                  found.stream()
                      .map(row -> row.recording().session().projectId())
                      .collect(Collectors.joining(", "))));
    }
    return found.getFirst().recording();
  }

  /** The first chunk of a recording from a number on, as long as it is kept. */
  public Optional<RecordedChunk> chunkFrom(SessionId session, int number) {
    return database.read(handle -> {
      RecordingTables tables = new RecordingTables(handle);
      return tables.find(session).flatMap(row -> tables.chunkFrom(row.number(), number));
    });
  }

  /** Removes recordings that are past their time, one in a transaction. */
  public void maintain(Instant now) {
    long today = Micros.day(Micros.of(now));
    for (Day day : database.read(handle -> new RecordingTables(handle).days())) {
      if (options.retention().expired(day.projectId(), day.day(), today)) {
        while (database.write(handle -> removeOne(new RecordingTables(handle), day))) {
          expired.increment();
        }
      }
    }
  }

  private boolean removeOne(RecordingTables tables, Day day) {
    Optional<Row> row = tables.anyOf(day);
    row.ifPresent(tables::remove);
    storedBytes.set(tables.storedBytes());
    return row.isPresent();
  }
}
