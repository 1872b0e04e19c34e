package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.Position;
import io.puraify.blackbox.core.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The file {@code position}: everything below is in the day files, and durably so. Some day files
 * may know more, since it is written after them; each of them skips what it has.
 */
final class AppliedPosition {

  private final Path file;
  private final Path unfinished;

  AppliedPosition(Path folder) {
    this.file = folder.resolve("position");
    this.unfinished = DayFolder.unfinished(file);
  }

  /**
   * Reads the file.
   *
   * @param empty whether the store has no day file yet, so that a new one may be written
   */
  Position read(boolean empty) throws IOException {
    if (Files.exists(file)) {
      String text = Files.readString(file, StandardCharsets.UTF_8).strip();
      try {
        return new Position(Long.parseLong(text));
      } catch (IllegalArgumentException e) {
        throw new StoreException(
            ("%s does not hold a position but \"%s\"; write into it the position up to which every"
                    + " event is stored, or restore the folder from a backup")
                .formatted(file, text),
            e);
      }
    }
    if (!empty) {
      throw new StoreException(
          ("%s is missing although there are day files beside it; restore it from a backup, or"
                  + " write into it the position up to which every event is stored")
              .formatted(file));
    }
    write(Position.START);
    return Position.START;
  }

  Path file() {
    return file;
  }

  void write(Position position) throws IOException {
    Files.writeString(unfinished, position.value() + "\n", StandardCharsets.UTF_8);
    DayFolder.replace(unfinished, file);
  }
}
