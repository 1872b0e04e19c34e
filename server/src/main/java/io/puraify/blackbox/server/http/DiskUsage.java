package io.puraify.blackbox.server.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
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
   * Looks at every file; what is removed meanwhile does not count, nor does what may not be read,
   * such as {@code lost+found} where the folder is a disk of its own.
   *
   * @param folder may be a link to one
   * @throws UncheckedIOException where the folder cannot be read
   */
  static DiskUsage of(Path folder) {
    Map<String, Long> parts = new TreeMap<>();
    try {
      Path root = folder.toRealPath();
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              parts.merge(part(root.relativize(file)), attributes.size(), Long::sum);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
              return without(root, file, e);
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e)
                throws IOException {
              return e == null ? FileVisitResult.CONTINUE : without(root, directory, e);
            }
          });
      return new DiskUsage(parts, Files.getFileStore(root).getUsableSpace());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot see what is in " + folder, e);
    }
  }

  private static FileVisitResult without(Path root, Path file, IOException e) throws IOException {
    boolean denied = e instanceof AccessDeniedException && !file.equals(root);
    if (denied || !Files.exists(file)) {
      return FileVisitResult.CONTINUE;
    }
    throw e;
  }

  /** SQLite keeps two further files beside one that is open. */
  private static String part(Path file) {
    return file.getName(0).toString().replaceFirst("-(wal|shm|journal)$", "");
  }

  long bytes() {
    return parts.values().stream().mapToLong(Long::longValue).sum();
  }
}
