package io.puraify.blackbox.engine.errors;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Filter;
import java.util.List;

/**
 * A grouping rule: the errors that a filter means have a fingerprint of these parts.
 *
 * @param name by which people and {@code explain} call it; no part of the fingerprint
 */
record ConfiguredFingerprint(String name, Filter filter, List<FingerprintText> parts) {

  ConfiguredFingerprint {
    parts = List.copyOf(parts);
  }

  /** The parts of an event's fingerprint; {@code otherwise} is the hash of the one without it. */
  List<String> parts(Event event, String otherwise) {
    return parts.stream().map(part -> part.of(event, otherwise)).toList();
  }
}
