package io.puraify.blackbox.engine.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/**
 * A file outside of the data folder to which checkpoints are appended, a line each: who sets the
 * whole data folder back to an older state is found out by it. For one thread.
 */
final class Anchor {

  private final Path file;
  private long next = -1;

  Anchor(Path file) {
    this.file = file;
  }

  /**
   * Appends those that it does not have.
   *
   * @param checkpoints some of them in order, from a number on; none where there are no more
   * @throws AuditException where the file cannot be written
   */
  void write(LongFunction<List<Checkpoint>> checkpoints) {
    try {
      if (next < 0) {
        next = recover();
      }
      for (List<Checkpoint> some = checkpoints.apply(next);
          !some.isEmpty();
          some = checkpoints.apply(next)) {
        append(some);
        next = some.getLast().content().number() + 1;
      }
    } catch (IOException e) {
      next = -1;
      throw new AuditException(
          "cannot anchor checkpoints in %s: %s; it is tried again".formatted(file, e), e);
    }
  }

  /** Cuts off a line that a crash has left unfinished, and says which checkpoint comes next. */
  private long recover() throws IOException {
    if (Files.notExists(file)) {
      return 0;
    }
    String text = Files.readString(file, StandardCharsets.UTF_8);
    int whole = text.lastIndexOf('\n') + 1;
    if (whole < text.length()) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(text.substring(0, whole).getBytes(StandardCharsets.UTF_8).length);
      }
    }
    if (whole == 0) {
      return 0;
    }
    String last = text.substring(text.lastIndexOf('\n', whole - 2) + 1, whole - 1);
    try {
      return CheckpointLine.parse(last).content().number() + 1;
    } catch (IllegalArgumentException e) {
      throw new IOException("its last line is no checkpoint: " + e.getMessage(), e);
    }
  }

  private void append(List<Checkpoint> some) throws IOException {
    StringBuilder lines = new StringBuilder();
    some.forEach(each -> lines.append(CheckpointLine.of(each)).append('\n'));
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(lines.toString());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /**
   * Hands over the checkpoints of a file of this kind, a line each, in order; none where there is
   * no file.
   *
   * @throws AuditException where it cannot be read
   */
  static void read(Path file, Consumer<String> sink) {
    if (Files.notExists(file)) {
      return;
    }
    try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
      lines.forEach(sink);
    } catch (IOException | UncheckedIOException e) {
      throw new AuditException(
          "cannot read the anchored checkpoints in %s: %s".formatted(file, e), e);
    }
  }
}
