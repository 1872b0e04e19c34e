package io.puraify.blackbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplesTest {

  @TempDir private Path folder;

  @Test
  void anEventFileIsMadeOnceAndGivesSamplesOfItsEvents() throws IOException {
    Path file = EventFile.cached(folder, 2_000);
    String content = Files.readString(file);
    assertThat(content.lines()).hasSize(2_000);
    Samples samples = Samples.of(file, 1_000);
    assertThat(samples.all()).hasSize(10).doesNotHaveDuplicates();
    String firstHalf = String.join("\n", content.lines().limit(1_000).toList());
    assertThat(samples.all())
        .allSatisfy(sample -> {
          assertThat(firstHalf).contains("\"project_id\":\"" + sample.project() + "\"");
          assertThat(firstHalf).contains("\"session_id\":\"" + sample.session() + "\"");
          assertThat(sample.missingTrace()).hasSize(32);
          assertThat(content).doesNotContain(sample.missingTrace());
          assertThat(firstHalf)
              .doesNotContain(sample.word())
              .contains(RareWords.inOtherCase(sample.word()));
        });
    Files.writeString(file, "kept");
    assertThat(EventFile.cached(folder, 2_000)).isEqualTo(file).hasContent("kept");
  }
}
