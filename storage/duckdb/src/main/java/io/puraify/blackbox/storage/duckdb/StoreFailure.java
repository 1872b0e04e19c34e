package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.RunningQuery;
import io.puraify.blackbox.core.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says what could not be done and what to do about it. */
final class StoreFailure {

  /** Where less is left, a write that failed most likely failed for want of room. */
  private static final long LITTLE_ROOM = 64L << 20;

  private StoreFailure() {}

  /**
   * A query has ended without an answer.
   *
   * @param what has failed
   * @throws io.puraify.blackbox.core.QueryStoppedException where it has ended because it was
   *     stopped
   */
  static StoreException reading(String what, Exception cause) {
    RunningQuery.current().check();
    return new StoreException("%s: %s".formatted(what, cause.getMessage()), cause);
  }

  /** A file could not be written. */
  static StoreException writing(Path file, Exception cause) {
    long room = room(file);
    String message =
        room < LITTLE_ROOM
            ? "cannot write to %s, whose disk has %d MiB left; make room, and it goes on: %s"
                .formatted(file, room >> 20, cause.getMessage())
            : "cannot write to %s: %s".formatted(file, cause.getMessage());
    return new StoreException(message, cause);
  }

  /** Bytes left on the disk of a file; {@link Long#MAX_VALUE} where that cannot be known. */
  static long room(Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      return Files.getFileStore(folder == null ? file : folder).getUsableSpace();
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }
}
