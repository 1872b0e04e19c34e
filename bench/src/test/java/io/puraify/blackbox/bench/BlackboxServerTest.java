package io.puraify.blackbox.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlackboxServerTest {

  @ParameterizedTest
  @CsvSource({
    "NEWEST_ERRORS, /monitoring/logs?project_id=pf_1&status=error&limit=100",
    "NEWEST, /monitoring/logs?limit=100",
    "SESSION, /monitoring/logs?session_id=s_2&order=oldest&limit=1000",
    "MISSING_TRACE, /monitoring/logs?trace_id=00",
    "BY_ID, /monitoring/logs/e3"
  })
  void aQuestionIsARequest(Question question, String path) {
    Samples.Sample sample = new Samples.Sample("pf_1", "s_2", "00");
    assertThat(BlackboxServer.path(question, sample, "e3")).isEqualTo(path);
  }

  @Test
  void aMissingLauncherIsNamedWithTheRemedy(@TempDir Path folder) {
    Path launcher = folder.resolve("blackbox");
    assertThatThrownBy(() -> new BlackboxServer(launcher, folder).requireInstalled())
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(launcher.toString())
        .hasMessageContaining("give --launcher");
  }
}
