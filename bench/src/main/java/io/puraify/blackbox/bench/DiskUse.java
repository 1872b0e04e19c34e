package io.puraify.blackbox.bench;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

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
    SizeVisitor sizes = new SizeVisitor();
    Files.walkFileTree(folder, sizes);
    return sizes.bytes;
  }

  /** Adds up sizes; what was deleted since its folder was read counts as nothing. */
  private static final class SizeVisitor extends SimpleFileVisitor<Path> {

    private long bytes;

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      bytes += attributes.isRegularFile() ? attributes.size() : 0;
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }
  }
}
