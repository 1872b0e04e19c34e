package io.puraify.blackbox.server.http;

import io.puraify.blackbox.engine.query.Parameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parameter {@code include}: what the items of a list are answered with besides, because
 * somebody has to work it out.
 *
 * @param asked whether it is asked for
 * @param rest the other parameters
 */
record Include(boolean asked, Map<String, List<String>> rest) {

  /** A page that people look at; each item is a few queries. */
  static final int MOST_ITEMS = 100;

  private static final String NAME = "include";
  private static final String LIMIT = "limit";

  /** Reads it; {@code name} is all that a list can include. */
  static Include parse(Map<String, List<String>> given, String name) {
    List<String> asked = given.getOrDefault(NAME, List.of());
    if (asked.stream().anyMatch(each -> !each.equals(name))) {
      throw Parameters.refusal(
          NAME, "'%s' cannot be included; write %s".formatted(String.join(",", asked), name));
    }
    Map<String, List<String>> rest = new LinkedHashMap<>(given);
    rest.remove(NAME);
    return new Include(!asked.isEmpty(), rest);
  }

  /** Refuses a page that is too long for it. */
  void requireAtMost(int limit) {
    if (asked && limit > MOST_ITEMS) {
      throw Parameters.refusal(LIMIT, "with %s it is %d at most".formatted(NAME, MOST_ITEMS));
    }
  }
}
