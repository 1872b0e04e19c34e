package io.puraify.blackbox.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An alert policy that is written in a file, which holds one, or an array of them.
 *
 * @param name of the policy; empty where it has none
 * @param document the policy itself
 * @param expected what the file says beside it of what a test finds; a missing node where it says
 *     nothing
 */
public record PolicyFile(Path file, String name, JsonNode document, JsonNode expected) {

  private static final String EXPECT = "expect";

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
      policies.forEach(each -> found.add(of(file, each)));
    }
    return found;
  }

  private static PolicyFile of(Path file, JsonNode document) {
    String name = document.path("policy").asString("");
    if (document instanceof ObjectNode object && object.has(EXPECT)) {
      JsonNode expected = object.remove(EXPECT);
      return new PolicyFile(file, name, object, expected);
    }
    return new PolicyFile(file, name, document, MissingNode.getInstance());
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
