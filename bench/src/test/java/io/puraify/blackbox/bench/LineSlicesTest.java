package io.puraify.blackbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineSlicesTest {

  private static final String LINES = "one\nzwölf\nthree\n";

  @TempDir private Path folder;

  private FileChannel file() throws IOException {
    return FileChannel.open(Files.writeString(folder.resolve("lines"), LINES));
  }

  @Test
  void slicesAreWholeLinesAndCoverTheFile() throws IOException {
    try (FileChannel file = file()) {
      LineSlices slices = new LineSlices(file, file.size(), 2);
      List<Long> lengths = new ArrayList<>();
      LineSlices.Slice slice = slices.next();
      while (slice != null) {
        lengths.add(slice.length());
        slice = slices.next();
      }
      assertThat(lengths).containsExactly(4L, 7L, 6L);
    }
  }

  @Test
  void everyByteOfALineBelongsToIt() throws IOException {
    byte[] bytes = LINES.getBytes(StandardCharsets.UTF_8);
    try (FileChannel file = file()) {
      List<String> lines = new ArrayList<>();
      for (int at = 0; at < bytes.length; at++) {
        lines.add(LineSlices.line(file, at));
      }
      assertThat(lines.subList(0, 4)).containsOnly("one");
      assertThat(lines.subList(4, 11)).containsOnly("zwölf");
      assertThat(lines.subList(11, 17)).containsOnly("three");
      assertThat(LineSlices.lastLine(file, LineSlices.endOfLine(file, 2))).isEqualTo("zwölf");
    }
  }
}
