package io.puraify.blackbox.server.cli.policies;

import io.puraify.blackbox.engine.query.Reading;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How often something is expected.
 *
 * @param atLeast {@code null} where fewer are fine
 * @param atMost {@code null} where more are fine
 */
record Bounds(@Nullable Long atLeast, @Nullable Long atMost) {

  private static final Bounds NONE = new Bounds(null, null);
  private static final double MOST = 1e12;

  /**
   * Reads a member that is a number, or an object with {@code at_least} and {@code at_most}.
   *
   * @param object the one that {@code in} reads
   */
  static Bounds read(Reading in, JsonNode object, String name) {
    if (!in.has(name)) {
      return NONE;
    }
    if (!object.path(name).isObject()) {
      Long exactly = count(in, name);
      return new Bounds(exactly, exactly);
    }
    Reading inner = in.object(name);
    Bounds bounds = new Bounds(count(inner, "at_least"), count(inner, "at_most"));
    inner.refuseUnknown();
    if (bounds.equals(NONE)) {
      in.error(name, "a number, or an object with at_least, at_most or both, was expected");
    } else if (bounds.atLeast != null && bounds.atMost != null && bounds.atLeast > bounds.atMost) {
      inner.error(
          "at_most", "a number of at_least, %d, or more was expected".formatted(bounds.atLeast));
    }
    return bounds;
  }

  private static @Nullable Long count(Reading in, String name) {
    if (!in.has(name)) {
      return null;
    }
    double number = in.number(name, 0, 0, MOST);
    if (number != Math.rint(number)) {
      in.error(name, "a whole number was expected");
    }
    return (long) number;
  }

  /** What is expected of a number that lies outside; empty where it lies within. */
  Optional<String> missedBy(long number) {
    boolean tooFew = atLeast != null && number < atLeast;
    boolean tooMany = atMost != null && number > atMost;
    if (!tooFew && !tooMany) {
      return Optional.empty();
    }
    if (atLeast != null && atLeast.equals(atMost)) {
      return Optional.of("exactly %,d".formatted(atLeast));
    }
    return Optional.of(
        tooFew ? "%,d at least".formatted(atLeast) : "%,d at most".formatted(atMost));
  }
}
