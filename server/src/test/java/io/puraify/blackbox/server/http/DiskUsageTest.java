package io.puraify.blackbox.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskUsageTest {

  @TempDir private Path folder;

  private Path data() throws IOException {
    Path data = Files.createDirectory(folder.resolve("data"));
    Path events = Files.createDirectory(data.resolve("events"));
    Files.write(events.resolve("1"), new byte[7]);
    Files.write(events.resolve("2"), new byte[5]);
    Files.write(data.resolve("state.sqlite"), new byte[3]);
    Files.write(data.resolve("state.sqlite-wal"), new byte[1]);
    return data;
  }

  @Test
  void filesCountToWhatLiesDirectlyInTheFolder() throws IOException {
    DiskUsage usage = DiskUsage.of(data());

    assertThat(usage.parts()).isEqualTo(Map.of("events", 12L, "state.sqlite", 4L));
    assertThat(usage.bytes()).isEqualTo(16);
    assertThat(usage.freeBytes()).isPositive();
  }

  @Test
  void aFolderMayBeALink() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), data());

    assertThat(DiskUsage.of(link).parts()).isEqualTo(Map.of("events", 12L, "state.sqlite", 4L));
  }

  @Test
  void whatMayNotBeReadDoesNotCount() throws IOException {
    Path data = data();
    Path closed = Files.createDirectory(data.resolve("lost+found"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    // The administrator reads everything.
    assumeFalse(Files.isReadable(closed));

    assertThat(DiskUsage.of(data).parts()).isEqualTo(Map.of("events", 12L, "state.sqlite", 4L));
  }

  @Test
  void aFolderThatIsNotThereIsAnError() {
    assertThatThrownBy(() -> DiskUsage.of(folder.resolve("none")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("none");
  }
}
