package io.puraify.blackbox.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a document says that a command prints. Values that are new each time are not compared: ids
 * that were assigned, times of receipt and cursors; and in text that is no JSON, what an ellipsis
 * stands for.
 */
final class Claim {

  private static final Pattern ASSIGNED_ID =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final String ANY = "…";

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private Claim() {}

  /** Whether a block is what the command of the block before it prints. */
  static boolean isClaim(Markdown.Block block) {
    return block.info().equals("json") || block.info().equals("text");
  }

  static void check(Markdown.Block claimed, String printed) {
    if (claimed.info().equals("json")) {
      assertThat(json(printed)).isEqualTo(json(claimed.text()));
    } else {
      String pattern =
          Arrays.stream(claimed.text().strip().split(ANY, -1))
              .map(Pattern::quote)
              .collect(Collectors.joining("[^\\n]*"));
      assertThat(printed.strip()).matches(pattern);
    }
  }

  /** Indented, so that a failure shows which line differs. */
  private static String json(String text) {
    JsonNode tree = JSON.readTree(text);
    mask(tree);
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
  }

  private static void mask(JsonNode tree) {
    if (tree instanceof ObjectNode object) {
      mask(object, "event_id", ASSIGNED_ID);
      mask(object, "received_at", Pattern.compile("[0-9T:.-]+Z"));
      mask(object, "next_cursor", Pattern.compile("[A-Za-z0-9_-]+"));
    }
    tree.values().forEach(Claim::mask);
  }

  private static void mask(ObjectNode object, String name, Pattern varying) {
    if (varying.matcher(object.path(name).asString("")).matches()) {
      object.put(name, ANY);
    }
  }
}
