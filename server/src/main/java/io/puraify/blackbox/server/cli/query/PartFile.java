package io.puraify.blackbox.server.cli.query;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that gets its name when it is whole. Until then it is called so with {@code .part} behind
 * it, and it is deleted where it does not become whole, also when the process is stopped.
 */
final class PartFile implements AutoCloseable {

  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final Path part;
  private final PrintStream out;

  private PartFile(Path file, Path part) throws IOException {
    this.file = file;
    this.part = part;
    this.out =
        new PrintStream(
            new BufferedOutputStream(Files.newOutputStream(part), BUFFER),
            false,
            StandardCharsets.UTF_8);
  }

  static PartFile begin(Path file) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    PartFile begun = new PartFile(file, part);
    part.toFile().deleteOnExit();
    return begun;
  }

  /** Where its bytes go. It keeps its errors for itself until it is asked for them. */
  PrintStream out() {
    return out;
  }

  /** Gives it its name, in place of a file that has it. */
  void complete() throws IOException {
    out.close();
    if (out.checkError()) {
      throw new IOException(part + " cannot be written; is there room on its disk?");
    }
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void close() throws IOException {
    out.close();
    Files.deleteIfExists(part);
  }
}
