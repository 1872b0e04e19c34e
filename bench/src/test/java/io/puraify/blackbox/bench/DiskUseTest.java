package io.puraify.blackbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskUseTest {

  @TempDir private Path folder;

  @Test
  void everyFileOfADataFolderCounts() throws IOException {
    Files.writeString(folder.resolve("LOCK"), "1");
    Files.writeString(Files.createDirectories(folder.resolve("events/tmp")).resolve("a"), "12345");
    Files.writeString(folder.resolve("events/b"), "123");
    Files.writeString(Files.createDirectory(folder.resolve("journal")).resolve("c"), "12");
    assertThat(DiskUse.of(folder)).isEqualTo(new DiskUse(8, 2, 11));
    assertThat(DiskUse.of(folder.resolve("nowhere"))).isEqualTo(new DiskUse(0, 0, 0));
  }

  @Test
  void aFolderIsRemovedWithAllThatIsInIt() throws IOException {
    Files.writeString(Files.createDirectories(folder.resolve("data/events")).resolve("a"), "1");
    Folders.delete(folder.resolve("data"));
    Folders.delete(folder.resolve("data"));
    assertThat(folder).isEmptyDirectory();
  }
}
