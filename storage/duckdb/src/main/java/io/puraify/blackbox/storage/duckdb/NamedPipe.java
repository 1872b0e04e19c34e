package io.puraify.blackbox.storage.duckdb;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A pipe that has a name in the file system (mkfifo, POSIX.1), for a writer that only knows files.
 * Nothing that passes through it touches a disk, and a writer that is ahead has to wait.
 *
 * <p>The reading end ends when {@link #endWriting} was called and every other writer has closed.
 * One thread reads, another one ends the writing.
 */
final class NamedPipe implements AutoCloseable {

  private static final int OWNER_READS_AND_WRITES = 0600;

  private final Path folder;
  private final Path path;
  private final FileInputStream reading;

  /** Held open, so that the reading end does not end before a writer has come. */
  private final FileOutputStream writing;

  private NamedPipe(Path folder, Path path) throws IOException {
    this.folder = folder;
    this.path = path;
    // Opening one end waits for the other; opening both at once does not.
    try (RandomAccessFile _ = new RandomAccessFile(path.toFile(), "rw")) {
      this.reading = new FileInputStream(path.toFile());
      this.writing = new FileOutputStream(path.toFile());
    }
  }

  /** Makes one in a new temporary folder that only the owner can enter. */
  static NamedPipe create(String name) throws IOException {
    Path folder = Files.createTempDirectory("blackbox-");
    Path path = folder.resolve(name);
    try {
      make(path);
      return new NamedPipe(folder, path);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(path);
      Files.deleteIfExists(folder);
      throw e;
    }
  }

  @SuppressWarnings("restricted")
  private static void make(Path path) throws IOException {
    Linker linker = Linker.nativeLinker();
    MethodHandle mkfifo =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("mkfifo"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
    int result;
    try (Arena arena = Arena.ofConfined()) {
      result =
          (int) mkfifo.invokeExact(arena.allocateFrom(path.toString()), OWNER_READS_AND_WRITES);
    } catch (Throwable e) {
      throw new IllegalStateException("mkfifo cannot be called", e);
    }
    if (result != 0) {
      throw new IOException(path + " cannot be made a pipe; does its file system have any?");
    }
  }

  /** Where a writer finds it. */
  Path path() {
    return path;
  }

  /** The end to read from. Closing it makes writers fail. */
  InputStream reading() {
    return reading;
  }

  /** No further writer will come. */
  void endWriting() throws IOException {
    writing.close();
  }

  /** Closes both ends and takes its name away. Closing twice is fine. */
  @Override
  public void close() throws IOException {
    reading.close();
    writing.close();
    Files.deleteIfExists(path);
    Files.deleteIfExists(folder);
  }
}
