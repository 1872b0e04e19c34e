package io.puraify.blackbox.engine.alerts.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The policies that are on from the start, until somebody replaces them. */
public final class ShippedPolicies {

  private ShippedPolicies() {}

  /** Their documents, in the order in which they are shown. */
  public static List<JsonNode> documents() {
    try (InputStream in = ShippedPolicies.class.getResourceAsStream("shipped.json")) {
      if (in == null) {
        throw new IllegalStateException("shipped.json is missing from the jar");
      }
      List<JsonNode> documents = new ArrayList<>();
      JsonMapper.shared().readTree(in.readAllBytes()).forEach(documents::add);
      return documents;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
