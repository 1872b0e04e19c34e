package io.puraify.blackbox.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Bytes that a data folder takes: its stored events, its journal, and all together. */
record DiskUse(long events, long journal, long all) {

  static DiskUse of(Path dataDir) throws IOException {
    return new DiskUse(
        size(dataDir.resolve("events")), size(dataDir.resolve("journal")), size(dataDir));
  }

  /** The bytes of all files below a folder, which may change meanwhile; 0 where there is none. */
  static long size(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    long bytes = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        bytes += sizeOfFile(file);
      }
    }
    return bytes;
  }

  private static long sizeOfFile(Path file) throws IOException {
    try {
      return Files.isRegularFile(file) ? Files.size(file) : 0;
    } catch (NoSuchFileException e) {
      return 0;
    }
  }
}
