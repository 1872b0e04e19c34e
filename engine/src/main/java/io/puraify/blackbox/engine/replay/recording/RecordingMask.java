package io.puraify.blackbox.engine.replay.recording;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Masks what must not be kept of rrweb events: what people type and choose, unless that is wanted;
 * passwords and secrets in any case. A text becomes as many asterisks as it has characters. What
 * could run is taken out as well. For one thread.
 *
 * <p>The numbers are those of <a
 * href="https://github.com/rrweb-io/rrweb/blob/main/packages/types/src/index.ts">rrweb</a>.
 */
final class RecordingMask {

  private static final int FULL_SNAPSHOT = 2;
  private static final int INCREMENTAL_SNAPSHOT = 3;

  private static final int MUTATION = 0;
  private static final int INPUT = 5;

  private static final int ELEMENT = 2;
  private static final int TEXT = 3;
  private static final int CDATA = 4;
  private static final int COMMENT = 5;

  /** Values of these are labels, which the page says and nobody types. */
  private static final Set<String> BUTTONS = Set.of("button", "submit", "reset", "image");

  /** What is ticked or chosen. */
  private static final List<String> CHOICES = List.of("checked", "selected");

  /** What loads a script or allows it. */
  private static final Set<String> OF_SCRIPTS =
      Set.of("src", "href", "xlink:href", "integrity", "nonce");

  /** What {@code rel} of a link asks a browser to fetch or to connect to before it is needed. */
  private static final Set<String> AHEAD =
      Set.of("preconnect", "dns-prefetch", "prefetch", "preload", "modulepreload", "prerender");

  /** With {@code rel}, since what it leads to may change later. */
  private static final List<String> LINK = List.of("rel", "href", "imagesrcset");

  /** A picture or a font in an address has no words to mask, and happens to look like secrets. */
  private static final List<String> PICTURES =
      List.of("data:image/", "data:font/", "data:video/", "data:audio/");

  private final boolean inputs;
  private final Secrets secrets;
  private final RecordedNodes nodes;

  /**
   * Begins behind the events that made the nodes known.
   *
   * @param inputs whether what people type and choose is masked
   * @param nodes what is known of the page; changes with each event
   */
  RecordingMask(boolean inputs, Secrets secrets, RecordedNodes nodes) {
    this.inputs = inputs;
    this.secrets = secrets;
    this.nodes = nodes;
  }

  /** Masks events in place; they must come in their order. */
  void mask(ArrayNode events) {
    for (JsonNode event : events) {
      JsonNode data = event.path("data");
      switch (event.path("type").asInt(-1)) {
        case FULL_SNAPSHOT -> {
          nodes.snapshot();
          node(data.path("node"), false);
        }
        case INCREMENTAL_SNAPSHOT -> incremental(data);
        default -> {
          // Metadata, and what a page or a plugin adds: secrets alone.
        }
      }
      secrets(event);
    }
  }

  private void incremental(JsonNode data) {
    switch (data.path("source").asInt(-1)) {
      case MUTATION -> mutation(data);
      case INPUT -> input(data);
      default -> {
        // Movements, sizes, styles.
      }
    }
  }

  private void input(JsonNode data) {
    if (data instanceof ObjectNode input) {
      if (inputs || nodes.mayBePassword(id(input))) {
        asterisks(input, "text");
      }
      if (inputs && input.has("isChecked")) {
        input.put("isChecked", false);
      }
    }
  }

  private void mutation(JsonNode data) {
    data.path("attributes").forEach(this::attributeChange);
    int before;
    do {
      // A child may come before the parent that says what it holds.
      before = nodes.size();
      for (JsonNode add : data.path("adds")) {
        node(add.path("node"), nodes.mayBeTyped(add.path("parentId").asLong(-1)));
      }
    } while (nodes.size() > before);
    for (JsonNode text : data.path("texts")) {
      if (inputs && text instanceof ObjectNode change && nodes.mayBeTyped(id(change))) {
        asterisks(change, "value");
      }
    }
    removes(data);
  }

  /** A node that moved is removed and added at once, under its id, and holds what it held. */
  private void removes(JsonNode mutation) {
    Set<Long> added = new HashSet<>();
    mutation.path("adds").forEach(add -> added.add(id(add.path("node"))));
    for (JsonNode removed : mutation.path("removes")) {
      if (!added.contains(id(removed))) {
        nodes.remove(id(removed));
      }
    }
  }

  /** Which element it is of is not said, so that any {@code value} counts as typed. */
  private void attributeChange(JsonNode change) {
    if (change.path("attributes") instanceof ObjectNode attributes) {
      if (inputs || nodes.mayBePassword(id(change))) {
        asterisks(attributes, "value");
      }
      if (inputs) {
        attributes.remove(CHOICES);
      }
      if (isPassword(attributes)) {
        nodes.addPassword(id(change));
      }
      if (isEditable(attributes)) {
        // What is below it is not known here.
        nodes.lose();
      }
      disarm(attributes);
    }
  }

  /**
   * A node and all below it.
   *
   * @param typed whether it is part of what somebody types
   */
  private void node(JsonNode json, boolean typed) {
    if (!(json instanceof ObjectNode node)) {
      return;
    }
    boolean below = typed;
    switch (node.path("type").asInt(-1)) {
      case ELEMENT -> below = element(node, typed);
      case TEXT, CDATA, COMMENT -> {
        if (typed) {
          nodes.addTyped(id(node));
          if (inputs) {
            asterisks(node, "textContent");
          }
        }
      }
      default -> {
        // A document or its type.
      }
    }
    for (JsonNode child : node.path("childNodes")) {
      node(child, below);
    }
  }

  /** Returns whether what is below is typed. */
  private boolean element(ObjectNode element, boolean typed) {
    String tag = element.path("tagName").asString("").toLowerCase(Locale.ROOT);
    ObjectNode attributes =
        element.path("attributes") instanceof ObjectNode present ? present : element.objectNode();
    if (tag.equals("input") || tag.equals("textarea") || tag.equals("select")) {
      boolean password = isPassword(attributes);
      if (password) {
        nodes.addPassword(id(element));
      }
      boolean label = BUTTONS.contains(text(attributes, "type"));
      if (password || (inputs && !label)) {
        asterisks(attributes, "value");
      }
    }
    if (inputs) {
      attributes.remove(CHOICES);
    }
    if (tag.equals("meta")) {
      meta(attributes);
    }
    if (tag.equals("script")) {
      attributes.remove(OF_SCRIPTS);
      element
          .path("childNodes")
          .forEach(child -> {
            if (child instanceof ObjectNode text) {
              text.put("textContent", "");
            }
          });
    }
    disarm(attributes);
    boolean below = typed || tag.equals("textarea") || isEditable(attributes);
    if (below) {
      nodes.addTyped(id(element));
    }
    return below;
  }

  /** Pages keep tokens there, under a name that says so. */
  private void meta(ObjectNode attributes) {
    String mask = secrets.maskForKey(text(attributes, "name"));
    if (mask != null && attributes.has("content")) {
      attributes.put("content", mask);
    }
    if (text(attributes, "http-equiv").equals("refresh")) {
      attributes.remove("http-equiv");
    }
  }

  /** No policy of a page keeps a browser from connecting ahead. */
  private static boolean isAhead(ObjectNode link) {
    return Arrays.stream(text(link, "rel").split("\\s+")).anyMatch(AHEAD::contains);
  }

  private static boolean isPassword(ObjectNode attributes) {
    String filled = text(attributes, "autocomplete");
    return text(attributes, "type").equals("password")
        || attributes.has("data-rr-is-password")
        || filled.contains("password")
        || filled.contains("one-time-code")
        || filled.contains("cc-");
  }

  private static boolean isEditable(ObjectNode attributes) {
    JsonNode editable = attributes.path("contenteditable");
    return !editable.isMissingNode()
        && !editable.isNull()
        && !editable.asString("").equalsIgnoreCase("false");
  }

  /** Takes out what would run; the page that plays it allows none of it either. */
  private static void disarm(ObjectNode attributes) {
    for (String name : new ArrayList<>(attributes.propertyNames())) {
      String lower = name.toLowerCase(Locale.ROOT);
      String address = attributes.path(name).asString("").replaceAll("[\\x00-\\x20]", "");
      if (lower.startsWith("on")
          || lower.equals("srcdoc")
          || address.regionMatches(true, 0, "javascript:", 0, "javascript:".length())) {
        attributes.remove(name);
      }
    }
    if (isAhead(attributes)) {
      attributes.remove(LINK);
    }
  }

  /** Masks secrets wherever there is text. */
  private void secrets(JsonNode json) {
    if (json instanceof ObjectNode object) {
      for (String name : new ArrayList<>(object.propertyNames())) {
        JsonNode value = object.path(name);
        String masked = secret(name, value);
        if (masked != null) {
          object.put(name, masked);
        } else {
          secrets(value);
        }
      }
    } else if (json instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        JsonNode value = array.get(i);
        String masked = value.isString() ? secret(value.stringValue()) : null;
        if (masked != null) {
          array.set(i, array.stringNode(masked));
        } else {
          secrets(value);
        }
      }
    }
  }

  private @Nullable String secret(String name, JsonNode value) {
    boolean says = !value.isNull() && !value.isBoolean() && !value.isMissingNode();
    String named = says ? secrets.maskForKey(name) : null;
    return named == null && value.isString() ? secret(value.stringValue()) : named;
  }

  private @Nullable String secret(String text) {
    if (PICTURES.stream().anyMatch(text::startsWith)) {
      return null;
    }
    String masked = secrets.mask(text);
    return masked.equals(text) ? null : masked;
  }

  private static void asterisks(ObjectNode object, String name) {
    JsonNode value = object.path(name);
    if (value.isString() || value.isNumber()) {
      object.put(name, "*".repeat(value.asString().length()));
    }
  }

  private static String text(ObjectNode attributes, String name) {
    return attributes.path(name).asString("").strip().toLowerCase(Locale.ROOT);
  }

  private static long id(JsonNode node) {
    return node.path("id").asLong(-1);
  }
}
