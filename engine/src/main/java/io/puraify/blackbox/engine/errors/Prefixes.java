package io.puraify.blackbox.engine.errors;

import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Beginnings of names. Immutable. */
final class Prefixes {

  static final Prefixes NONE = of(List.of());

  /** Without those that begin with another, so that the nearest below a name is the one. */
  private final NavigableSet<String> prefixes;

  private Prefixes(NavigableSet<String> prefixes) {
    this.prefixes = prefixes;
  }

  /** Takes them from a text with spaces in between. */
  static Prefixes of(String text) {
    return of(List.of(text.split(" ")));
  }

  static Prefixes of(List<String> given) {
    NavigableSet<String> prefixes = new TreeSet<>();
    for (String prefix : new TreeSet<>(given)) {
      if (prefixes.isEmpty() || !prefix.startsWith(prefixes.last())) {
        prefixes.add(prefix);
      }
    }
    return new Prefixes(prefixes);
  }

  /** Whether a name begins with one of them. */
  boolean begin(String name) {
    @Nullable String nearest = prefixes.floor(name);
    return nearest != null && name.startsWith(nearest);
  }
}
