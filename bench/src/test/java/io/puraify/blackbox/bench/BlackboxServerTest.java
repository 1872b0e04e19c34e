package io.puraify.blackbox.bench;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlackboxServerTest {

  @Test
  void aMissingLauncherIsNamedWithTheRemedy(@TempDir Path folder) {
    Path launcher = folder.resolve("blackbox");
    assertThatThrownBy(() -> new BlackboxServer(launcher, folder).requireInstalled())
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(launcher.toString())
        .hasMessageContaining("give --launcher");
  }
}
