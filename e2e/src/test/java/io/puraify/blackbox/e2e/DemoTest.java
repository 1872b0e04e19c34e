package io.puraify.blackbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.e2e.Checkout.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code blackbox demo} as a user calls it. */
class DemoTest {

  /** A command of the guide, which may go on behind a backslash. */
  private static final Pattern COMMAND = Pattern.compile("curl (?:.*\\\\\n)*.*");

  @TempDir private Path folder;

  @Test
  void everyCommandThatItNamesShowsSomething() throws Exception {
    ProcessBuilder demo =
        new ProcessBuilder(Setup.command(List.of("demo", "--http-port", "0")))
            .directory(folder.toFile());
    demo.environment().clear();
    demo.environment().putAll(Setup.environment());
    demo.environment().put("BLACKBOX_JAVA_OPTS", "-Djava.io.tmpdir=" + folder);
    Process process = demo.start();
    try {
      Output out = new Output(process.inputReader(StandardCharsets.UTF_8));
      Output err = new Output(process.errorReader(StandardCharsets.UTF_8));
      assertThat(out.await(line -> line.equals("Ctrl-C ends it."), Patience.LONG))
          .as("%s%n%s", out, err)
          .isPresent();
      List<String> commands =
          COMMAND.matcher(out.toString()).results().map(MatchResult::group).toList();
      assertThat(commands).hasSizeGreaterThan(3);
      for (String command : commands) {
        assertShowsSomething(command);
      }
    } finally {
      process.destroyForcibly().onExit().join();
    }
  }

  private void assertShowsSomething(String command) throws IOException, InterruptedException {
    Result result = Checkout.run(folder, Setup.environment(), "sh", "-euc", command);
    assertThat(result.exitCode()).as("%s: %s", command, result).isZero();
    JsonNode answer = JsonMapper.shared().readTree(result.out());
    assertThat(answer.path("logs").size() + answer.path("accepted").asInt())
        .as("%s: %s", command, answer)
        .isPositive();
  }

  @Test
  void itTouchesNoFolderThatIsNotEmpty() throws Exception {
    Path used = Files.createDirectory(folder.resolve("used"));
    Files.writeString(used.resolve("diary.txt"), "mine");
    Result result = BlackboxCommand.run(folder, "demo", "--data-dir", used.toString());
    assertThat(result.exitCode()).as("%s", result).isEqualTo(2);
    assertThat(result.err()).contains(used + " is not empty").hasLineCount(1);
  }
}
