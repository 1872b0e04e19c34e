package io.puraify.blackbox.engine.errors;

/**
 * What messages have in common: a message with placeholders where values stood. Given by whoever
 * puts the engine together.
 */
@FunctionalInterface
interface MessageTemplates {

  /** The template of a message; the same for messages that differ in values only. */
  String of(String message);
}
