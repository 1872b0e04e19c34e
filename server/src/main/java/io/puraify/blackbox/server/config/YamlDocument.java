package io.puraify.blackbox.server.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes documents of YAML, of which JSON is a part. */
public final class YamlDocument {

  /** Longer texts are broken where a blank is. */
  private static final int LINE_CHARACTERS = 100;

  private YamlDocument() {}

  /**
   * Reads a file.
   *
   * @throws SettingsException where it is not there or cannot be understood, with the line
   */
  public static JsonNode read(Path file) {
    try {
      LoaderOptions options = new LoaderOptions();
      options.setAllowDuplicateKeys(false);
      Object read =
          new Yaml(new SafeConstructor(options)).load(new StringReader(Files.readString(file)));
      return JsonMapper.shared().valueToTree(read);
    } catch (NoSuchFileException e) {
      throw failed("%s: there is no such file".formatted(file));
    } catch (IOException e) {
      throw failed("%s: it cannot be read (%s)".formatted(file, e));
    } catch (MarkedYAMLException e) {
      String line = e.getProblemMark() == null ? "" : ":" + (e.getProblemMark().getLine() + 1);
      throw failed("%s%s: %s".formatted(file, line, e.getProblem()));
    } catch (YAMLException e) {
      throw failed("%s: %s".formatted(file, e.getMessage()));
    }
  }

  /** A document as people write it: a line a member, and what is inside indented. */
  public static String write(JsonNode document) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setWidth(LINE_CHARACTERS);
    return new Yaml(options).dump(JsonMapper.shared().treeToValue(document, Object.class));
  }

  private static SettingsException failed(String problem) {
    return new SettingsException(List.of(problem));
  }
}
