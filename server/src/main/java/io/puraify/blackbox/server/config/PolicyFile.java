package io.puraify.blackbox.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * An alert policy that is written in a file, which holds one, or an array of them.
 *
 * @param name of the policy; empty where it has none
 */
public record PolicyFile(Path file, String name, JsonNode document) {

  /**
   * The policies of a file, or of a folder's files {@code *.yaml}, {@code *.yml} and {@code
   * *.json}.
   *
   * @throws SettingsException where one cannot be read
   */
  public static List<PolicyFile> find(Path path) {
    List<PolicyFile> found = new ArrayList<>();
    for (Path file : files(path)) {
      JsonNode document = YamlDocument.read(file);
      List<JsonNode> policies =
          document.isArray() ? document.valueStream().toList() : List.of(document);
      policies.forEach(
          each -> found.add(new PolicyFile(file, each.path("policy").asString(""), each)));
    }
    return found;
  }

  private static List<Path> files(Path path) {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> files = Files.list(path)) {
      return files
          .filter(file -> file.toString().matches(".*\\.(yaml|yml|json)"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new SettingsException(List.of("%s: it cannot be read (%s)".formatted(path, e)));
    }
  }
}
