package io.puraify.blackbox.engine.templates;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells the units that may follow a number. */
final class Quantities {

  private static final int LONGEST_UNIT = 12;

  /** Units that are clear behind a space as well. */
  private static final Map<String, Rule> SPACED =
      units(
          "ns us µs μs ms nsec usec msec sec secs min mins nanosecond nanoseconds microsecond"
              + " microseconds millisecond milliseconds second seconds minute minutes hour hours"
              + " day days millis nanos micros",
          "byte bytes kb mb gb tb pb kib mib gib tib kbyte kbytes mbyte mbytes gbyte gbytes");

  /** Units that are clear only where they follow the number directly. */
  private static final Map<String, Rule> ATTACHED =
      units(
          "s m h d w hr hrs " + String.join(" ", of(Rule.DURATION)),
          "b k g t ki mi gi ti " + String.join(" ", of(Rule.SIZE)));

  private Quantities() {}

  private static Map<String, Rule> units(String durations, String sizes) {
    Map<String, Rule> units = new HashMap<>();
    for (String unit : durations.split(" ", -1)) {
      units.put(unit, Rule.DURATION);
    }
    for (String unit : sizes.split(" ", -1)) {
      units.put(unit, Rule.SIZE);
    }
    return Map.copyOf(units);
  }

  private static List<String> of(Rule rule) {
    return SPACED.keySet().stream().filter(unit -> SPACED.get(unit) == rule).toList();
  }

  /** What a unit that follows a number directly measures, or {@code null}. */
  static @Nullable Rule attached(String text, int from, int to) {
    return unit(text, from, to, ATTACHED);
  }

  /** The same for a unit behind a space. */
  static @Nullable Rule spaced(String text, int from, int to) {
    // A single capital is clear where it stands alone, as in "93.0 B".
    return to - from == 1 && text.charAt(from) == 'B' ? Rule.SIZE : unit(text, from, to, SPACED);
  }

  private static @Nullable Rule unit(String text, int from, int to, Map<String, Rule> units) {
    int length = to - from;
    return length < 1 || length > LONGEST_UNIT
        ? null
        : units.get(text.substring(from, to).toLowerCase(Locale.ROOT));
  }
}
