package io.puraify.blackbox.engine.collector;

/**
 * Cuts a body that arrives in chunks into its items. Copies only what a chunk's end cuts through.
 * Not safe for several threads.
 */
sealed interface Framing permits LineFraming, JsonFraming {

  /** Takes the items. */
  interface Sink {
    /** One item, without the separators around it; the bytes are lent for the call. */
    void item(byte[] bytes, int from, int to);

    /** An item that is longer than an event may be. */
    void tooLarge();

    /** The body is not what it should be from here on, and nothing more is read of it. */
    void broken(String detail);
  }

  /** Takes the next part of the body. */
  void feed(byte[] bytes, int from, int to, Sink sink);

  /** The body has ended. */
  void end(Sink sink);
}
