package io.puraify.blackbox.engine.collector;

import io.puraify.blackbox.core.EventBatch;
import io.puraify.blackbox.core.EventBlock;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.JournalConsumer;
import io.puraify.blackbox.core.Position;
import io.puraify.blackbox.journal.DurableFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the {@link EventIdWindow} over a restart: a consumer of the journal that writes down the
 * hashes of the ids that senders gave.
 *
 * <p>Files {@code event-ids/<first position>.ids}, each a sequence of records, little-endian:
 * CRC-32C of the rest (4), number of ids (4), position behind the events (8), time in seconds (8),
 * then 16 bytes an id. A record commits ids and position together; one that is torn is cut off.
 */
public final class EventIdLog implements JournalConsumer, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EventIdLog.class);

  private static final int HEADER_BYTES = 24;
  private static final int ID_BYTES = 16;
  private static final String SUFFIX = ".ids";

  /** A file is whole or gone, so several share the window: about a sixteenth of it each. */
  private static final long MAX_FILE_BYTES = (long) EventIdWindow.MAX_IDS / 16 * ID_BYTES;

  private final Path folder;
  private final EventIdWindow window;
  private final InstantSource clock;
  private final List<LogFile> files = new ArrayList<>();
  private @Nullable FileChannel current;
  private volatile Position position = Position.START;

  private static final class LogFile {
    final Path path;
    long bytes;
    long ids;
    long lastSeconds;

    LogFile(Path path) {
      this.path = path;
    }
  }

  public EventIdLog(Path folder, EventIdWindow window, InstantSource clock) {
    this.folder = folder;
    this.window = window;
    this.clock = clock;
  }

  /** Reads what is written down into the window. */
  public void start() {
    try {
      DurableFolder.create(folder);
      List<Path> paths;
      try (Stream<Path> found = Files.list(folder)) {
        paths = found.filter(path -> path.toString().endsWith(SUFFIX)).sorted().toList();
      }
      for (Path path : paths) {
        files.add(read(path));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the event ids in " + folder, e);
    }
  }

  private LogFile read(Path path) throws IOException {
    LogFile file = new LogFile(path);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
    while (isRecord(bytes)) {
      int start = bytes.position();
      int ids = bytes.getInt(start + 4);
      position = new Position(bytes.getLong(start + 8));
      file.lastSeconds = bytes.getLong(start + 16);
      for (int at = start + HEADER_BYTES; at < start + HEADER_BYTES + ids * ID_BYTES; at += 16) {
        window.add(new EventIdHash(bytes.getLong(at), bytes.getLong(at + 8)), file.lastSeconds);
      }
      file.ids += ids;
      bytes.position(start + HEADER_BYTES + ids * ID_BYTES);
    }
    file.bytes = bytes.position();
    if (bytes.hasRemaining()) {
      log.warn(
          "{} ends in {} bytes at offset {} that are no record, after a crash; they are cut off",
          path,
          bytes.remaining(),
          bytes.position());
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
        channel.truncate(file.bytes);
      }
    }
    return file;
  }

  private static boolean isRecord(ByteBuffer bytes) {
    int start = bytes.position();
    if (bytes.remaining() < HEADER_BYTES) {
      return false;
    }
    long ids = bytes.getInt(start + 4);
    long length = HEADER_BYTES + ids * ID_BYTES;
    return ids >= 0
        && length <= bytes.remaining()
        && bytes.getInt(start) == checksum(bytes, start + 4, (int) length - 4);
  }

  private static int checksum(ByteBuffer bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.slice(from, length));
    return (int) crc.getValue();
  }

  @Override
  public String name() {
    return "event_ids";
  }

  /** Ids are in the window already; writing them down only makes the next start quicker. */
  @Override
  public Duration linger() {
    return Duration.ofSeconds(1);
  }

  @Override
  public Position position() {
    return position;
  }

  @Override
  public void apply(EventBatch batch) {
    long seconds = clock.instant().getEpochSecond();
    List<EventIdHash> ids = new ArrayList<>();
    for (EventBlock block : batch.blocks()) {
      if (block.end().compareTo(position) > 0) {
        ids.addAll(idsOf(block));
      }
    }
    // Already there in ordinary work; new when the journal is read again after a start.
    ids.forEach(id -> window.add(id, seconds));
    try {
      write(ids, batch.end(), seconds);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the event ids to " + folder, e);
    }
    position = batch.end();
  }

  /** The hashes of all ids that senders gave to events of a block. */
  static List<EventIdHash> idsOf(EventBlock block) {
    List<EventIdHash> ids = new ArrayList<>();
    for (int row = 0; block.has(Field.EVENT_ID) && row < block.rows(); row++) {
      byte[] id = block.text(Field.EVENT_ID, row);
      byte[] project = block.text(Field.PROJECT_ID, row);
      if (id != null && project != null) {
        ids.add(EventIdHash.of(project, id, 0, id.length));
      }
    }
    return ids;
  }

  private void write(List<EventIdHash> ids, Position end, long seconds) throws IOException {
    LogFile file = currentFile();
    FileChannel channel = channel(file);
    ByteBuffer record =
        ByteBuffer.allocate(HEADER_BYTES + ids.size() * ID_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    record.putInt(0).putInt(ids.size()).putLong(end.value()).putLong(seconds);
    ids.forEach(id -> record.putLong(id.high()).putLong(id.low()));
    record.putInt(0, checksum(record, 4, record.position() - 4)).flip();
    long at = file.bytes;
    while (record.hasRemaining()) {
      // At its own place each time, so that what a failed attempt left is written over.
      at += channel.write(record, at);
    }
    channel.force(false);
    file.bytes = at;
    file.ids += ids.size();
    file.lastSeconds = seconds;
    dropOld(seconds);
  }

  private LogFile currentFile() throws IOException {
    if (files.isEmpty() || files.getLast().bytes > MAX_FILE_BYTES) {
      if (current != null) {
        current.close();
        current = null;
      }
      files.add(new LogFile(folder.resolve("%020d".formatted(position.value()) + SUFFIX)));
    }
    return files.getLast();
  }

  private FileChannel channel(LogFile file) throws IOException {
    FileChannel channel = current;
    if (channel == null) {
      channel = FileChannel.open(file.path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      current = channel;
      DurableFolder.sync(folder);
    }
    return channel;
  }

  /** Drops files of which the window remembers nothing; never the last, which has the position. */
  private void dropOld(long seconds) throws IOException {
    while (files.size() > 1) {
      long newer = files.stream().skip(1).mapToLong(file -> file.ids).sum();
      boolean old = files.getFirst().lastSeconds < seconds - EventIdWindow.SPAN.toSeconds();
      if (!old && newer < EventIdWindow.MAX_IDS) {
        return;
      }
      Files.deleteIfExists(files.removeFirst().path);
    }
  }

  @Override
  public void close() {
    try {
      if (current != null) {
        current.close();
        current = null;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close the event ids in " + folder, e);
    }
  }
}
