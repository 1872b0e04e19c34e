package io.puraify.blackbox.engine.errors;

import io.puraify.blackbox.engine.templates.Templates;

/**
 * What messages have in common: a message with placeholders where values stood. Given by whoever
 * puts the engine together.
 */
@FunctionalInterface
interface MessageTemplates {

  /** Masks values by rules alone, whatever was seen before. For one thread. */
  static MessageTemplates byRules() {
    Templates none = new Templates(1, (part, whole) -> {});
    return message -> none.explain(message).template();
  }

  /** The template of a message; the same for messages that differ in values only. */
  String of(String message);
}
