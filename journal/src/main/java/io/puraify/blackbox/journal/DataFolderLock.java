package io.puraify.blackbox.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps a data folder to one process: a lock on its file {@code LOCK}, which names the holder. */
public final class DataFolderLock implements AutoCloseable {

  /**
   * The folders that this process has. The system's lock is the whole process's, and on Linux it is
   * lost when any channel to the file is closed: so who comes second may not even open it.
   */
  private static final Set<Path> TAKEN = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private DataFolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Takes the folder, which is created where it is missing.
   *
   * @throws JournalException naming the process that has it
   */
  public static DataFolderLock take(Path folder) {
    String self = Long.toString(ProcessHandle.current().pid());
    try {
      Files.createDirectories(folder);
      Path real = folder.toRealPath();
      if (!TAKEN.add(real)) {
        throw inUse(real, self);
      }
      try {
        return new DataFolderLock(real, lock(real, self));
      } catch (IOException | RuntimeException e) {
        TAKEN.remove(real);
        throw e;
      }
    } catch (IOException e) {
      throw new JournalException("cannot use the data folder %s: %s".formatted(folder, e), e);
    }
  }

  private static FileChannel lock(Path folder, String pid) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("LOCK"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() == null) {
        throw inUse(folder, holder(channel));
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static JournalException inUse(Path folder, String pid) {
    return new JournalException(
        "%s is in use by the process with pid %s. Stop that one first, or choose another folder"
            .formatted(folder, pid),
        null);
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(20);
    channel.read(text, 0);
    String pid = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII);
    return pid.isBlank() ? "unknown" : pid.strip();
  }

  /** Gives the folder free. Closing twice is fine. */
  @Override
  public void close() {
    if (!channel.isOpen()) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      throw new JournalException("cannot give the data folder free: " + e.getMessage(), e);
    } finally {
      TAKEN.remove(folder);
    }
  }
}
