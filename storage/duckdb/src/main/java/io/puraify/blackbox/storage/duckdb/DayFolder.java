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
import java.util.List;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The names of the files in the folder of the event store, and how they are swapped safely. */
final class DayFolder {

  private static final String DAY_SUFFIX = ".duckdb";

  /** DuckDB's write-ahead log of a file, and what it writes while it empties or mends that. */
  private static final List<String> LOG_SUFFIXES =
      List.of(".wal", ".wal.checkpoint", ".wal.recovery");

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

  /** Bytes of the write-ahead log of a day file, 0 where there is none. */
  static long logBytes(Path file) throws IOException {
    long bytes = 0;
    for (Path log : logs(file)) {
      bytes += Files.exists(log) ? Files.size(log) : 0;
    }
    return bytes;
  }

  private static List<Path> logs(Path file) {
    return LOG_SUFFIXES.stream()
        .map(suffix -> file.resolveSibling(file.getFileName() + suffix))
        .toList();
  }

  /** Where DuckDB puts what does not fit into its memory. */
  static Path temporary(Path folder) {
    return folder.resolve("spill" + UNFINISHED_SUFFIX);
  }

  /** Creates the folder where needed and removes what a crash left unfinished. */
  static void prepare(Path folder) throws IOException {
    Files.createDirectories(folder);
    deleteFiles(folder, DayFolder::isLeftOver);
    if (Files.exists(temporary(folder))) {
      deleteFiles(temporary(folder), spilled -> true);
    }
  }

  private static void deleteFiles(Path folder, Predicate<Path> unwanted) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (Files.isRegularFile(file) && unwanted.test(file)) {
          Files.delete(file);
        }
      }
    }
  }

  /** Whether a file is unfinished, or the log of a file that was removed. */
  private static boolean isLeftOver(Path file) {
    String name = file.getFileName().toString();
    for (String suffix : LOG_SUFFIXES) {
      if (name.endsWith(suffix)) {
        String logged = name.substring(0, name.length() - suffix.length());
        return logged.endsWith(UNFINISHED_SUFFIX) || Files.notExists(file.resolveSibling(logged));
      }
    }
    return name.endsWith(UNFINISHED_SUFFIX);
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

  /**
   * Removes a day file and its log for good. Whatever a crash leaves of them is removed at the next
   * start, for a log without its file is no day.
   */
  static void remove(Path file) throws IOException {
    Files.deleteIfExists(file);
    for (Path log : logs(file)) {
      Files.deleteIfExists(log);
    }
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
