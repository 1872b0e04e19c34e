package io.puraify.blackbox.engine.collector;

/** How a body is cut into items. */
public enum BodyFormat {
  /** An item a line. */
  NDJSON,
  /** A JSON array of items, or items one after the other. */
  JSON;

  Framing framing() {
    return switch (this) {
      case NDJSON -> new LineFraming();
      case JSON -> new JsonFraming();
    };
  }
}
