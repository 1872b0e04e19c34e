package io.puraify.blackbox.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What happens to the data folders of what is measured. */
final class Folders {

  private static final Duration LOOK = Duration.ofSeconds(1);

  /**
   * Blackbox does its maintenance once a minute, and leaves a day alone for half a minute after it
   * was filled; what it has not begun by then, it will not.
   */
  private static final int STILL_LOOKS = 105;

  private static final int MOST_LOOKS = 900;

  private Folders() {}

  /** Removes a folder with everything in it, where it is there. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.delete(file);
    }
  }

  /** Waits until the size of a folder has not changed for a while, and returns it. */
  static long settled(Path folder) throws IOException, InterruptedException {
    long bytes = DiskUse.size(folder);
    int still = 0;
    for (int looks = 0; still < STILL_LOOKS && looks < MOST_LOOKS; looks++) {
      Thread.sleep(LOOK);
      long now = DiskUse.size(folder);
      still = now == bytes ? still + 1 : 0;
      bytes = now;
    }
    return bytes;
  }
}
