package io.puraify.blackbox.server.http;

import io.puraify.blackbox.server.http.HttpApi.Handlers;
import io.vertx.core.http.HttpMethod;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A method and a path that are answered.
 *
 * @param handler which of an event loop's handlers answers
 * @param template of the path; a part in braces stands for any one part, as in {@code
 *     /monitoring/logs/{event_id}}
 */
record Route(HttpMethod method, String template, Function<Handlers, RouteHandler> handler) {

  /** The path's parts that the template names, or {@code null} where the path does not fit. */
  @Nullable Map<String, String> match(String path) {
    if (path.equals(template)) {
      return Map.of();
    }
    List<String> expected = List.of(template.split("/", -1));
    List<String> parts = List.of(path.split("/", -1));
    if (parts.size() != expected.size()) {
      return null;
    }
    Map<String, String> named = new HashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      String name = expected.get(i);
      if (name.startsWith("{")) {
        // A plus sign is a plus sign in a path.
        String escaped = parts.get(i).replace("+", "%2B");
        named.put(
            name.substring(1, name.length() - 1),
            URLDecoder.decode(escaped, StandardCharsets.UTF_8));
      } else if (!name.equals(parts.get(i))) {
        return null;
      }
    }
    return named;
  }
}
