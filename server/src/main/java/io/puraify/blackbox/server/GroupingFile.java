package io.puraify.blackbox.server;

import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.engine.errors.RuleVersions;
import io.puraify.blackbox.engine.errors.RulesVersion;
import io.puraify.blackbox.server.config.SettingsException;
import io.puraify.blackbox.server.config.YamlDocument;
import io.puraify.blackbox.server.http.ErrorsJson;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The grouping rules of a file, which are put to work like all others: by an event. */
record GroupingFile(Path file, JsonNode document) {

  /** Who has put to work what the file says. */
  private static final String FILES = "files";

  /**
   * Reads the file.
   *
   * @throws SettingsException where its rules cannot be used
   */
  static GroupingFile read(Path file) {
    JsonNode document = YamlDocument.read(file);
    try {
      RuleVersions.check(document);
    } catch (ProblemException e) {
      throw new SettingsException(
          e.problem().errors().stream()
              .map(each -> "%s: %s: %s".formatted(file, each.pointer(), each.detail()))
              .toList());
    }
    return new GroupingFile(file, document);
  }

  /**
   * Has the rules recorded as an event, once a start, where others are in force. Those that follow
   * the same version have the same event id, so that a start that comes soon after changes nothing.
   */
  FindingReporter.Source source(RuleVersions rules) {
    AtomicBoolean told = new AtomicBoolean();
    return limit -> {
      RulesVersion current = rules.current();
      boolean same = JsonMapper.shared().readTree(current.document()).equals(document);
      if (told.get() || same) {
        return List.of();
      }
      byte[] event =
          ErrorsJson.rules(document, FILES, "Rules of " + file.getFileName(), current.version());
      return List.of(new FindingReporter.Finding(event, () -> told.set(true)));
    };
  }
}
