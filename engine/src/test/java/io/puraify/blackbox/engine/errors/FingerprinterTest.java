package io.puraify.blackbox.engine.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FingerprinterTest {

  private static final String SNAPSHOT = "groups.snapshot";

  @Test
  void thereAreEnoughCases() {
    assertThat(ErrorCase.all()).hasSizeGreaterThanOrEqualTo(120);
  }

  @Test
  void errorsThatAreTheSameShareAGroupAndOthersDoNot() {
    Map<String, String> hashOfGroup = new HashMap<>();
    Map<String, String> groupOfHash = new HashMap<>();
    StringBuilder wrong = new StringBuilder();
    for (ErrorCase error : ErrorCase.all()) {
      Grouping grouping = error.grouping();
      String hash = grouping.fingerprint().hash();
      String expected = hashOfGroup.computeIfAbsent(error.group(), name -> hash);
      String group = groupOfHash.computeIfAbsent(hash, h -> error.group());
      if (!expected.equals(hash) || !group.equals(error.group())) {
        wrong.append("%n%s is with %s: %s".formatted(error, group, grouping.parts()));
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** Hashes are kept in databases: a change of them needs another {@link Fingerprint#VERSION}. */
  @Test
  void groupsAreAsInTheSnapshot() throws IOException {
    Map<String, String> groups = new TreeMap<>();
    for (ErrorCase error : ErrorCase.all()) {
      groups.putIfAbsent(error.group(), describe(error.grouping()));
    }
    String snapshot =
        groups.entrySet().stream()
            .map(group -> group.getKey() + "\n" + group.getValue())
            .collect(Collectors.joining("\n"));
    if (Boolean.getBoolean("snapshot.update")) {
      Files.writeString(
          Path.of("src/test/resources/io/puraify/blackbox/engine/errors", SNAPSHOT), snapshot);
    }
    assertThat(snapshot).isEqualTo(ErrorCase.text(SNAPSHOT));
  }

  private static String describe(Grouping grouping) {
    Fingerprint fingerprint = grouping.fingerprint();
    String culprit = grouping.culprit().map(JudgedFrame::stable).orElse("-");
    return "  v%d %s %s%n  culprit %s%n"
            .formatted(
                fingerprint.version(), fingerprint.rule().jsonName(), fingerprint.hash(), culprit)
        + grouping.parts().stream().map(part -> "    " + part + "\n").collect(Collectors.joining());
  }
}
