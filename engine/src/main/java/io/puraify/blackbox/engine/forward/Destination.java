package io.puraify.blackbox.engine.forward;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.engine.outgoing.HttpPost;
import java.util.List;

/** Another system that events are forwarded to. Safe for any thread; building one does no I/O. */
public interface Destination {

  /** Its technology, such as {@code datadog}. */
  String kind();

  /** What it takes at once. */
  Capacity capacity();

  /**
   * An event as the other side wants it. The same event is the same item whenever it comes, with an
   * id by which the other side can tell a repeat.
   *
   * @return at most {@link Capacity#bytes} bytes
   */
  byte[] item(Event event);

  /**
   * Sends items with one request, and waits for the answer.
   *
   * @param items no more than {@link Capacity} says
   * @return the answer without the destination's secrets
   */
  HttpPost.Reply send(List<byte[]> items) throws InterruptedException;

  /**
   * What a destination takes at once.
   *
   * @param items that a request has at most, ≥ 1
   * @param bytes that they have together at most, and so each of them
   * @param requests that are under way at the same time at most, ≥ 1
   */
  record Capacity(int items, long bytes, int requests) {}
}
