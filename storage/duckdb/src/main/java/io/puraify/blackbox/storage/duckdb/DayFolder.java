package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
import java.util.stream.Stream;

/** The names of the files in the folder of the event store, and how they are swapped safely. */
final class DayFolder {

  private static final String DAY_SUFFIX = ".duckdb";

  /** DuckDB's write-ahead log of a file, and what it writes while it empties or mends that. */
  private static final List<String> LOG_SUFFIXES =
      List.of(".wal", ".wal.checkpoint", ".wal.recovery");

  private static final String NEEDLES_SUFFIX = ".needles";

  /** What belongs to a day file and means nothing without it. */
  private static final List<String> COMPANION_SUFFIXES =
      Stream.concat(LOG_SUFFIXES.stream(), Stream.of(NEEDLES_SUFFIX)).toList();

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
    for (String suffix : LOG_SUFFIXES) {
      Path log = companion(file, suffix);
      bytes += Files.exists(log) ? Files.size(log) : 0;
    }
    return bytes;
  }

  /** Bytes of a day file with what belongs to it; what is removed meanwhile does not count. */
  static long bytes(Path file) throws IOException {
    long bytes = size(file);
    for (String suffix : COMPANION_SUFFIXES) {
      bytes += size(companion(file, suffix));
    }
    return bytes;
  }

  private static long size(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  private static Path companion(Path file, String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  /** The needle index of a day file. */
  static Path needles(Path file) {
    return companion(file, NEEDLES_SUFFIX);
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

  /** Whether a file is unfinished, or belongs to one that was removed. */
  private static boolean isLeftOver(Path file) {
    String name = file.getFileName().toString();
    for (String suffix : COMPANION_SUFFIXES) {
      if (name.endsWith(suffix)) {
        String owner = name.substring(0, name.length() - suffix.length());
        return owner.endsWith(UNFINISHED_SUFFIX) || Files.notExists(file.resolveSibling(owner));
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
   * Puts a finished day file, and its needle index where it has one, in the place of another. A
   * crash leaves no index that is not of its file.
   */
  static void replaceDay(Path finished, Path place) throws IOException {
    Files.deleteIfExists(needles(place));
    syncFolder(place);
    replace(finished, place);
    if (Files.exists(needles(finished))) {
      replace(needles(finished), needles(place));
    }
  }

  /**
   * Removes a day file and what belongs to it for good. Whatever a crash leaves of that is removed
   * at the next start.
   */
  static void remove(Path file) throws IOException {
    Files.deleteIfExists(file);
    for (String suffix : COMPANION_SUFFIXES) {
      Files.deleteIfExists(companion(file, suffix));
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
