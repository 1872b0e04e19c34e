package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeSet;

/** The names of the files in the folder of the event store, and how they are swapped safely. */
final class DayFolder {

  private static final String DAY_SUFFIX = ".duckdb";
  private static final String WAL_SUFFIX = ".wal";

  /** Marks a file that is not finished; such files are removed at the start. */
  private static final String UNFINISHED_SUFFIX = ".tmp";

  private DayFolder() {}

  /** The file of a UTC day, given in days since 1970-01-01: {@code 2025-07-25.duckdb}. */
  static Path file(Path folder, long day) {
    return folder.resolve(LocalDate.ofEpochDay(day) + DAY_SUFFIX);
  }

  /** Where the file of a day is written before it takes its place. */
  static Path unfinished(Path file) {
    return file.resolveSibling(file.getFileName() + UNFINISHED_SUFFIX);
  }

  /** DuckDB's write-ahead log of a day file. */
  static Path wal(Path file) {
    return file.resolveSibling(file.getFileName() + WAL_SUFFIX);
  }

  /** Where DuckDB puts what does not fit into its memory. */
  static Path temporary(Path folder) {
    return folder.resolve("spill" + UNFINISHED_SUFFIX);
  }

  /** Creates the folder where needed and removes what a crash left unfinished. */
  static void prepare(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        boolean unfinished =
            name.endsWith(UNFINISHED_SUFFIX) || name.endsWith(UNFINISHED_SUFFIX + WAL_SUFFIX);
        if (unfinished && Files.isRegularFile(file)) {
          Files.delete(file);
        }
      }
    }
  }

  /** The days that have a file. */
  static NavigableSet<Long> days(Path folder) throws IOException {
    NavigableSet<Long> days = new TreeSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + DAY_SUFFIX)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        day(name.substring(0, name.length() - DAY_SUFFIX.length()))
            .ifPresentOrElse(
                days::add,
                () -> {
                  throw new StoreException(
                      file + " is not named after a day; move it out of this folder");
                });
      }
    }
    return days;
  }

  private static OptionalLong day(String name) {
    try {
      return OptionalLong.of(LocalDate.parse(name).toEpochDay());
    } catch (DateTimeParseException e) {
      return OptionalLong.empty();
    }
  }

  /** Puts a finished file in its place, in one step that a crash cannot halve. */
  static void replace(Path finished, Path place) throws IOException {
    sync(finished);
    Files.move(
        finished, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncFolder(place);
  }

  /** Removes a file for good, if it is there. */
  static void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
    syncFolder(file);
  }

  private static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Makes the names in a file's folder durable. */
  private static void syncFolder(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
