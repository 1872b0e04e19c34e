package io.puraify.blackbox.server.cli.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Something that events are read from.
 *
 * @param path a file, or {@code null} for standard input
 */
record Input(@Nullable Path path) {

  private static final String STANDARD_INPUT = "-";

  static Input of(String argument) {
    return new Input(argument.equals(STANDARD_INPUT) ? null : Path.of(argument));
  }

  /** What is wrong with it before it is even opened, or {@code null}. */
  @Nullable String objection() {
    if (path == null) {
      return null;
    }
    if (!Files.exists(path)) {
      return "there is no file " + path;
    }
    if (Files.isDirectory(path)) {
      return path + " is a folder; name the files in it";
    }
    return Files.isReadable(path) ? null : path + " may not be read";
  }

  /** Bytes as they are stored, or 0 where that is not known. */
  long size() throws IOException {
    return path != null && Files.isRegularFile(path) ? Files.size(path) : 0;
  }

  /**
   * Begins to read it.
   *
   * @param standardInput where there is no path
   */
  SliceSource open(InputStream standardInput, Format format, int sliceBytes) throws IOException {
    String name = path == null ? "standard input" : path.toString();
    InputBytes bytes =
        InputBytes.of(name, path == null ? standardInput : Files.newInputStream(path));
    if (format.of(name, bytes.firstByte()) == Format.JSON) {
      return new JsonSlices(bytes, sliceBytes);
    }
    if (path != null && Files.isRegularFile(path) && !bytes.isCompressed()) {
      bytes.close();
      return new FileSlices(path, sliceBytes);
    }
    return new LineSlices(bytes, sliceBytes);
  }
}
