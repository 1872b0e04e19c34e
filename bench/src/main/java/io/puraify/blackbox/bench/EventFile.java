package io.puraify.blackbox.bench;

import io.puraify.blackbox.server.demo.Traffic;
import io.puraify.blackbox.server.demo.TrafficOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Locale;

/** A file of made-up events as NDJSON. */
final class EventFile {

  private static final int BUFFER_BYTES = 4 << 20;

  private static final long SEED = 1;

  /** The time of the first event. */
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final double PER_SECOND = 1_000;

  private EventFile() {}

  /**
   * The file of so many events in a folder, which is made unless it is there already. Its events
   * are of the first hours of 2026, a thousand a second.
   */
  static Path cached(Path folder, long events) throws IOException {
    return cached(folder, "events-" + events, events, PER_SECOND);
  }

  /** The same of another number of events a second. */
  static Path cached(Path folder, long events, double perSecond) throws IOException {
    String name = String.format(Locale.ROOT, "events-%d-%.3f-a-second", events, perSecond);
    return cached(folder, name, events, perSecond);
  }

  private static Path cached(Path folder, String name, long events, double perSecond)
      throws IOException {
    Path file = folder.resolve(name + ".ndjson");
    if (!Files.exists(file)) {
      Files.createDirectories(folder);
      Path unfinished = folder.resolve(file.getFileName() + ".unfinished");
      write(unfinished, events, SEED, START, perSecond, Progress.of("events made up", events));
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return file;
  }

  /** Writes the file and returns its size in bytes. */
  static long write(
      Path file, long events, long seed, Instant start, double perSecond, Progress progress)
      throws IOException {
    Traffic traffic = new Traffic(TrafficOptions.steady(seed, start, perSecond));
    byte[] buffer = new byte[BUFFER_BYTES];
    long written = 0;
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      while (traffic.events() < events) {
        int end = 0;
        while (traffic.events() < events && end < BUFFER_BYTES - Traffic.MAX_LINE_BYTES) {
          end = traffic.next(buffer, end);
        }
        ByteBuffer full = ByteBuffer.wrap(buffer, 0, end);
        while (full.hasRemaining()) {
          written += channel.write(full);
        }
        progress.at(traffic.events());
      }
    }
    return written;
  }
}
