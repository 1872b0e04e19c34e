package io.puraify.blackbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.e2e.Checkout.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands say of themselves. */
class HelpTest {

  @TempDir private Path folder;

  @Test
  void aCommandExplainsItselfWithExamplesAndExitCodes() throws Exception {
    Result help = BlackboxCommand.run(folder, "audit", "verify", "--help");
    assertThat(help.exitCode()).as("%s", help).isZero();
    assertThat(help.err()).isEmpty();
    assertThat(help.out())
        .startsWith("Usage: blackbox audit verify")
        .contains("Exit code: ", "Examples:", "--help");
  }

  @Test
  void allCommandsAreListed() throws Exception {
    Result help = BlackboxCommand.run(folder, "--help");
    assertThat(help.exitCode()).as("%s", help).isZero();
    assertThat(help.out())
        .contains(
            "serve",
            "demo",
            "ingest",
            "query",
            "tail",
            "stats",
            "patterns",
            "export",
            "alerts",
            "policies",
            "channels",
            "audit");
  }

  @Test
  void aCommandThatIsNoneIsWrongUsage() throws Exception {
    Result result = BlackboxCommand.run(folder, "sevre");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("sevre", "serve", "--help");
  }

  @Test
  void theVersionIsThatOfTheJar() throws Exception {
    Result version = BlackboxCommand.run(folder, "--version");
    assertThat(version.exitCode()).isZero();
    assertThat(version.out())
        .matches("Blackbox [0-9]+\\.[0-9]+\\.[0-9]+(-\\S+)? on Java 2[5-9].*\\s");
  }
}
