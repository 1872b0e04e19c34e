package io.puraify.blackbox.server.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads settings from YAML: sections as mappings, or names with their dots. A value is taken as it
 * is spelled, whatever YAML would make of it, so that messages can show it.
 */
final class SettingsFile {

  private final Path file;
  private final Layer layer;
  private final List<String> problems;

  private SettingsFile(Path file, Layer layer, List<String> problems) {
    this.file = file;
    this.layer = layer;
    this.problems = problems;
  }

  /** Reads a file into the layer, and what is wrong with it into the problems. */
  static void read(Path file, Layer layer, List<String> problems) {
    new SettingsFile(file, layer, problems).read();
  }

  private void read() {
    try {
      Node root = new Yaml(new LoaderOptions()).compose(new StringReader(Files.readString(file)));
      if (root instanceof MappingNode mapping) {
        section("", mapping);
      } else if (root != null && !isNothing(root)) {
        problem(root, "settings with their names were expected, such as http.port: 7070");
      }
    } catch (NoSuchFileException e) {
      problems.add(file + ": there is no such file");
    } catch (IOException e) {
      problems.add("%s: it cannot be read (%s)".formatted(file, e));
    } catch (MarkedYAMLException e) {
      problems.add("%s: %s".formatted(origin(e), e.getProblem()));
    } catch (YAMLException e) {
      problems.add("%s: %s".formatted(file, e.getMessage()));
    }
  }

  private void section(String prefix, MappingNode mapping) {
    for (NodeTuple entry : mapping.getValue()) {
      if (entry.getKeyNode() instanceof ScalarNode key) {
        entry(prefix + key.getValue(), key, entry.getValueNode());
      } else {
        problem(entry.getKeyNode(), "a name was expected here");
      }
    }
  }

  /** A section that is empty, or a setting without a value, sets nothing. */
  private void entry(String name, Node key, Node value) {
    @Nullable Setting<?> setting = SettingNames.setting(name).orElse(null);
    boolean section = SettingNames.isSection(name);
    if (setting == null && !section) {
      problem(key, SettingNames.unknown(name));
    } else if (isNothing(value)) {
      return;
    } else if (setting == null) {
      if (value instanceof MappingNode nested) {
        section(name + ".", nested);
      } else {
        problem(key, "'%s' is a section; settings were expected below it".formatted(name));
      }
    } else if (value instanceof ScalarNode scalar) {
      put(name, scalar, scalar.getValue());
    } else if (value instanceof SequenceNode list && setting.type().isList()) {
      put(name, list, joined(name, list));
    } else {
      problem(key, "%s takes a single value; %s".formatted(name, expected(setting)));
    }
  }

  private static String expected(Setting<?> setting) {
    return setting.type().expected() + " was expected";
  }

  private String joined(String name, SequenceNode list) {
    List<String> texts = new ArrayList<>();
    for (Node each : list.getValue()) {
      if (each instanceof ScalarNode scalar) {
        texts.add(scalar.getValue());
      } else {
        problem(each, "%s is a list of names, and this is none".formatted(name));
      }
    }
    return String.join(",", texts);
  }

  private void put(String name, Node at, String value) {
    if (layer.getConfigValue(name) == null) {
      layer.put(name, value, origin(at));
    } else {
      problem(at, "%s is given a second time".formatted(name));
    }
  }

  private static boolean isNothing(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  private void problem(Node at, String what) {
    problems.add(origin(at) + ": " + what);
  }

  private String origin(Node at) {
    return file + ":" + (at.getStartMark().getLine() + 1);
  }

  private String origin(MarkedYAMLException at) {
    return at.getProblemMark() == null
        ? file.toString()
        : file + ":" + (at.getProblemMark().getLine() + 1);
  }
}
