package io.puraify.blackbox.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Folders whose entries survive a crash of the machine: a synced file is of no use where the name
 * that leads to it was not written.
 */
public final class DurableFolder {

  private DurableFolder() {}

  /** Creates a folder and those above it where they are missing, and makes their names durable. */
  public static void create(Path folder) throws IOException {
    Path absolute = folder.toAbsolutePath();
    List<Path> parents = new ArrayList<>();
    for (Path at = absolute; at.getParent() != null && !Files.exists(at); at = at.getParent()) {
      parents.add(at.getParent());
    }
    Files.createDirectories(absolute);
    for (Path parent : parents.reversed()) {
      sync(parent);
    }
  }

  /** Makes the names of files that were created in a folder durable. */
  public static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
