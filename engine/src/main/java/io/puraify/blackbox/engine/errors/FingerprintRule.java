package io.puraify.blackbox.engine.errors;

import java.util.Locale;

/** What decides an event's group, the first rule that applies. */
public enum FingerprintRule {
  /** The sender has said what belongs together. */
  SENDER("the sender's own fingerprint"),

  /** A grouping rule of the configuration says what belongs together. */
  CONFIGURED("a configured grouping rule"),

  /** The exceptions' types and the frames that count. */
  STACK_TRACE("the types of the exceptions and their frames"),

  ERROR_TYPE("the error type, the message's template, the platform and the action"),

  TEMPLATE("the message's template"),

  /** The project has as many groups as there may be: what is new is counted together. */
  OVERFLOW("more groups than a project may have");

  private final String text;

  FingerprintRule(String text) {
    this.text = text;
  }

  /** The name in answers. */
  public String jsonName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** For people. */
  public String text() {
    return text;
  }
}
