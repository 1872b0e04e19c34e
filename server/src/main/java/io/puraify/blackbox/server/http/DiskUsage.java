package io.puraify.blackbox.server.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a data folder takes on disk.
 *
 * @param parts bytes by what lies directly in the folder, such as {@code events} or {@code
 *     state.sqlite} with its logs
 * @param freeBytes what is left on the disk
 */
record DiskUsage(Map<String, Long> parts, long freeBytes) {

  /**
   * Looks at every file; what is removed meanwhile does not count.
   *
   * @throws UncheckedIOException where the folder cannot be read
   */
  static DiskUsage of(Path folder) {
    Map<String, Long> parts = new TreeMap<>();
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              parts.merge(part(folder.relativize(file)), attributes.size(), Long::sum);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
              return gone(file, e);
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e)
                throws IOException {
              return e == null ? FileVisitResult.CONTINUE : gone(directory, e);
            }
          });
      return new DiskUsage(parts, Files.getFileStore(folder).getUsableSpace());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot see what is in " + folder, e);
    }
  }

  private static FileVisitResult gone(Path file, IOException e) throws IOException {
    if (Files.exists(file)) {
      throw e;
    }
    return FileVisitResult.CONTINUE;
  }

  /** SQLite keeps two further files beside one that is open. */
  private static String part(Path file) {
    return file.getName(0).toString().replaceFirst("-(wal|shm|journal)$", "");
  }

  long bytes() {
    return parts.values().stream().mapToLong(Long::longValue).sum();
  }
}
