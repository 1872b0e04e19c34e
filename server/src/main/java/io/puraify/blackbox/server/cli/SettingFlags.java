package io.puraify.blackbox.server.cli;

import io.puraify.blackbox.server.config.Setting;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The flags of a command for everything that can be set. */
final class SettingFlags {

  private SettingFlags() {}

  static void addTo(CommandSpec command) {
    Setting.ALL.forEach(setting -> command.addOption(option(setting)));
  }

  private static OptionSpec option(Setting<?> setting) {
    String usual = setting.defaultText().isEmpty() ? "" : " (" + setting.defaultText() + ")";
    OptionSpec.Builder option =
        OptionSpec.builder(setting.flag())
            .description(setting.description().replace("%", "%%") + usual);
    return setting.named()
        ? option
            .type(Map.class)
            .auxiliaryTypes(String.class, String.class)
            .paramLabel("NAME=" + setting.label())
            .build()
        : option.type(String.class).paramLabel(setting.label()).build();
  }

  /** What was given, by the full names of the settings. */
  static Map<String, String> given(ParseResult result) {
    Map<String, String> given = new HashMap<>();
    for (Setting<?> setting : Setting.ALL) {
      Object value = result.matchedOptionValue(setting.flag(), null);
      if (value instanceof Map<?, ?> byName) {
        byName.forEach(
            (name, text) -> given.put(setting.name() + "." + name, String.valueOf(text)));
      } else if (value != null) {
        given.put(setting.name(), value.toString());
      }
    }
    return given;
  }
}
