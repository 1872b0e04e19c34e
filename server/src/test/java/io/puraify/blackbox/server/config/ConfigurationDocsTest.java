package io.puraify.blackbox.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationDocsTest {

  private static final Path DOCS = Path.of("../docs/configuration.md");

  @Test
  void theTableInTheDocsIsTheListOfSettings() throws IOException {
    assertThat(Files.readString(DOCS)).contains(table());
  }

  @Test
  void theFileInTheDocsIsUnderstood(@TempDir Path folder) throws IOException {
    Matcher example =
        Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(DOCS));
    assertThat(example.find()).isTrue();
    Path file = Files.writeString(folder.resolve("blackbox.yaml"), example.group(1));
    assertThat(new SettingSources(file, true, Map.of(), Map.of()).read().retention().defaultDays())
        .isPositive();
  }

  private static String table() {
    return Setting.ALL.stream()
        .map(setting ->
            "| `%s` | %s | %s | %s |"
                .formatted(
                    setting.name() + (setting.named() ? ".NAME" : ""),
                    setting.type().expected(),
                    setting.defaultText().isEmpty() ? "" : "`" + setting.defaultText() + "`",
                    setting.description()))
        .collect(
            Collectors.joining(
                "\n", "| setting | value | default | what it is |\n|---|---|---|---|\n", "\n"));
  }
}
