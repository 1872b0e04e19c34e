package io.puraify.blackbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RareWordsTest {

  @TempDir private Path folder;

  @Test
  void theMostFrequentOfTheRareWordsAreChosen() throws IOException {
    Path file = folder.resolve("events.ndjson");
    StringBuilder lines = new StringBuilder(message("Charge e5e5 and e5e5 of 777, again"));
    lines.append(message("Charge e5e5, OPS-777"));
    lines.append(message("Charge 0f 777 again"));
    lines.append(message("Charge d4 0f \\\"B4"));
    lines.append(message("Charge").repeat(20_000));
    lines.append(message("Charge z9 z9").repeat(2));
    Files.writeString(file, lines);
    // Two in 20,000 are rare; Charge is not, and 777 has no case.
    assertThat(RareWords.of(file, 20_000, 4)).containsExactly("0f", "again", "e5e5", "B4");
    assertThat(RareWords.of(file, 20_000, 9)).contains("OPS", "d4", "of").doesNotContain("z9");
    assertThat(RareWords.of(file, 1, 9)).containsExactly("Charge", "again", "and", "e5e5", "of");
  }

  @Test
  void everyLetterIsAskedForInTheOtherCase() {
    assertThat(RareWords.inOtherCase("OPS-a1b")).isEqualTo("ops-A1B");
  }

  private static String message(String text) {
    return "{\"message\":\"" + text + "\"}\n";
  }
}
