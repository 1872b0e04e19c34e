package io.puraify.blackbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk that is quickly full: a tmpfs, which only root may mount. */
final class SmallDisk implements AutoCloseable {

  private final Path folder;
  private final Path ballast;

  /** Mounts a disk of about this size; ends the test, visibly, where that is not allowed. */
  SmallDisk(Path folder, long bytes) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.ballast = folder.resolve("ballast");
    int exit = run("mount", "-t", "tmpfs", "-o", "size=" + bytes, "tmpfs", folder.toString());
    assumeTrue(
        exit == 0,
        "a full disk is tested on a small tmpfs, and only root may mount one; run as root");
  }

  /** Takes all the room that is left. */
  void fill() throws IOException {
    byte[] page = new byte[4096];
    try (OutputStream out = Files.newOutputStream(ballast)) {
      while (true) {
        out.write(page);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left on device");
    }
  }

  /** Gives back what {@link #fill} has taken. */
  void free() throws IOException {
    Files.delete(ballast);
  }

  private static int run(String... command) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .onExit()
        .join()
        .exitValue();
  }

  @Override
  public void close() throws IOException {
    assertThat(run("umount", folder.toString())).as("unmounting %s", folder).isZero();
  }
}
