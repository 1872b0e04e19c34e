package io.puraify.blackbox.core;

import io.puraify.blackbox.core.json.JsonScanner;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looking into an event's attributes, a JSON object as text. */
public final class Attributes {

  private Attributes() {}

  /**
   * The value at {@code path} as a filter compares it: a string as it is, a number and a boolean as
   * written, an object or array as its JSON; {@code null} where there is nothing or JSON's null.
   *
   * <p>A key that is spelled exactly like the path comes first; else dots lead into nested objects.
   */
  public static @Nullable String lookup(String json, String path) {
    Map<String, String> members = members(json);
    String direct = members.get(path);
    if (direct != null) {
      return text(direct);
    }
    String[] names = path.split("\\.", -1);
    String value = json;
    for (String name : names) {
      if (!value.startsWith("{")) {
        return null;
      }
      value = members(value).get(name);
      if (value == null) {
        return null;
      }
    }
    return text(value);
  }

  /**
   * The paths of all values that are no objects, as {@link #lookup} finds them; those of JSON's
   * null are left out.
   */
  public static Set<String> paths(String json) {
    Set<String> paths = new LinkedHashSet<>();
    collect(json, "", paths);
    return paths;
  }

  /** Goes as deep as the objects do, which is bounded where attributes are taken in. */
  private static void collect(String json, String prefix, Set<String> paths) {
    members(json)
        .forEach((name, value) -> {
          if (value.startsWith("{")) {
            collect(value, prefix + name + ".", paths);
          } else if (!value.equals("null") && !(prefix + name).isEmpty()) {
            paths.add(prefix + name);
          }
        });
  }

  /** The members of a JSON object with their values as JSON, in order. */
  public static Map<String, String> members(String json) {
    Map<String, String> members = new LinkedHashMap<>();
    JsonScanner scanner = new JsonScanner();
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    scanner.reset(bytes, 0, bytes.length);
    scanner.expect('{', "a JSON object");
    if (scanner.take('}')) {
      return members;
    }
    do {
      scanner.string("a field name in quotes");
      String name = scanner.text();
      scanner.expect(':', "':' behind the field name");
      scanner.value();
      int length = scanner.tokenEnd() - scanner.tokenStart();
      members.put(name, new String(bytes, scanner.tokenStart(), length, StandardCharsets.UTF_8));
    } while (scanner.take(','));
    scanner.expect('}', "',' or '}'");
    return members;
  }

  private static @Nullable String text(String json) {
    if (json.equals("null")) {
      return null;
    }
    if (!json.startsWith("\"")) {
      return json;
    }
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    JsonScanner scanner = new JsonScanner();
    scanner.reset(bytes, 0, bytes.length);
    scanner.string("a string");
    return scanner.text();
  }
}
