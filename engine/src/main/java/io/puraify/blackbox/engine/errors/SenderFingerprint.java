package io.puraify.blackbox.engine.errors;

import io.puraify.blackbox.core.json.JsonScanner;
import io.puraify.blackbox.core.json.JsonSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads what senders give as {@code fingerprint}: a text, or a JSON array of values. */
final class SenderFingerprint {

  private SenderFingerprint() {}

  /** The values in order; the whole text where it is no array. */
  static List<String> parts(String fingerprint) {
    if (!fingerprint.startsWith("[")) {
      return List.of(fingerprint);
    }
    try {
      return elements(fingerprint);
    } catch (JsonSyntaxException e) {
      return List.of(fingerprint);
    }
  }

  private static List<String> elements(String json) {
    List<String> elements = new ArrayList<>();
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    JsonScanner scanner = new JsonScanner();
    scanner.reset(bytes, 0, bytes.length);
    scanner.expect('[', "an array");
    if (scanner.take(']')) {
      return elements;
    }
    do {
      if (scanner.peek() == '"') {
        scanner.string("a string");
        elements.add(scanner.text());
      } else {
        scanner.value();
        int length = scanner.tokenEnd() - scanner.tokenStart();
        elements.add(new String(bytes, scanner.tokenStart(), length, StandardCharsets.UTF_8));
      }
    } while (scanner.take(','));
    scanner.expect(']', "',' or ']'");
    scanner.expectEnd();
    return elements;
  }
}
