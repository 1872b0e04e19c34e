package io.puraify.blackbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.puraify.blackbox.engine.errors.ErrorConsumer;
import io.puraify.blackbox.engine.errors.RuleVersions;
import io.puraify.blackbox.engine.state.StateDatabase;
import io.puraify.blackbox.engine.state.StateOptions;
import io.puraify.blackbox.server.config.SettingsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupingFileTest {

  @TempDir private Path folder;

  private Path file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("rules.yaml"), yaml);
  }

  @Test
  void rulesAreRecordedOnceAStartAndOnlyWhereOthersAreInForce() throws IOException {
    GroupingFile some = GroupingFile.read(file("own_code: ['com.acme.']\n"));
    GroupingFile none = GroupingFile.read(file("{}\n"));
    try (StateDatabase state =
        new StateDatabase(StateOptions.of(folder.resolve("errors.sqlite"), ErrorConsumer.SCHEMA))) {
      state.start();
      RuleVersions rules = new RuleVersions(state);

      assertThat(none.source(rules).untold(10)).as("there are none").isEmpty();
      FindingReporter.Source source = some.source(rules);
      List<FindingReporter.Finding> findings = source.untold(10);
      assertThat(findings).hasSize(1);
      assertThat(new String(findings.getFirst().event(), StandardCharsets.UTF_8))
          .contains(
              "\"change\":\"apply_rules\"", "\"rules\":{\"own_code\":[\"com.acme.\"]}", "files");
      assertThat(some.source(rules).untold(10).getFirst().event())
          .as("under the same event id at the next start")
          .isEqualTo(findings.getFirst().event());
      findings.getFirst().told().run();
      assertThat(source.untold(10)).isEmpty();
    }
  }

  @Test
  void aServerDoesNotStartWithRulesThatCannotBeUsed() throws IOException {
    Path wrong = file("own_code: ['*']\nmine: 1\n");

    assertThatThrownBy(() -> GroupingFile.read(wrong))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(wrong + ": /own_code: ")
        .hasMessageContaining(wrong + ": /mine: ");
  }
}
