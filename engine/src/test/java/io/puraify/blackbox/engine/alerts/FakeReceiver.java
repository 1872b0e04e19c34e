package io.puraify.blackbox.engine.alerts;

import java.util.List;

/** The other side of a channel, which makes trouble at first. Safe for any thread. */
interface FakeReceiver extends AutoCloseable {

  int port();

  /** The idempotency keys of what it has taken, in order, repeats included. */
  List<String> taken();

  /** From now on it makes no trouble. */
  void mend();

  /** How often somebody came. */
  int attempts();

  @Override
  void close();
}
