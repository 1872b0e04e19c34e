package io.puraify.blackbox.engine.alerts.channel;

import io.puraify.blackbox.engine.outgoing.Answer;

/** A way to tell somebody. Safe for any thread; building one does no I/O. */
public interface Channel {

  /** Its technology, such as {@code slack}. */
  String kind();

  /**
   * Delivers, and waits for what the other side says. The same notification may come again after a
   * crash; its id lets the other side know it.
   *
   * @return also where it fails: what it throws counts as a mistake of ours and is tried again
   */
  Answer deliver(Notification notification) throws InterruptedException;
}
