package io.puraify.blackbox.engine.deployments;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A version of an engine as events show it.
 *
 * @param micros the time of the first event that has it, after it was not there
 */
record SeenVersion(String engine, String version, long micros) {

  private static final String PREFIX = "seen";

  /** A sign that addresses leave as it is and that the parts of an id do not contain. */
  private static final String BETWEEN = "~";

  /** An id that says all of it, as there is no event of its own. */
  String id() {
    return String.join(BETWEEN, PREFIX, escaped(engine), escaped(version), Long.toString(micros));
  }

  /** What an id says, or nothing where it is that of an event. */
  static Optional<SeenVersion> parse(String id) {
    List<String> parts = List.of(id.split(BETWEEN, -1));
    if (parts.size() != 4
        || !parts.getFirst().equals(PREFIX)
        || !parts.getLast().matches("[0-9]{1,18}")) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new SeenVersion(
              unescaped(parts.get(1)), unescaped(parts.get(2)), Long.parseLong(parts.getLast())));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String unescaped(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
