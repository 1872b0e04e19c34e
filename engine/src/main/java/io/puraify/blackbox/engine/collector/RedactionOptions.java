package io.puraify.blackbox.engine.collector;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which secrets are masked.
 *
 * @param disabled names of built-in rules that are switched off, such as {@code card_number}
 * @param keys further names of keys whose values are masked
 * @param patterns further patterns inside text, by the name that takes the secret's place
 */
public record RedactionOptions(
    Set<String> disabled, Set<String> keys, Map<String, Pattern> patterns) {

  /** The built-in rules alone. */
  public static final RedactionOptions DEFAULT = new RedactionOptions(Set.of(), Set.of(), Map.of());

  /** The names of all built-in rules, those that go by text first. */
  public static List<String> ruleNames() {
    return Redaction.ruleNames();
  }

  public RedactionOptions {
    disabled = Set.copyOf(disabled);
    keys = Set.copyOf(keys);
    patterns = Map.copyOf(patterns);
    for (String name : disabled) {
      if (!Redaction.ruleNames().contains(name)) {
        throw new IllegalArgumentException(
            "no redaction rule is called '%s'; there are %s"
                .formatted(name, Redaction.ruleNames()));
      }
    }
  }
}
