package io.puraify.blackbox.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Hands the bytes of a request from its event loop to a thread that reads them as a stream. The
 * sender is paused while much is unread.
 */
final class ReceivedBytes extends InputStream {

  private static final int MUCH = 256 << 10;

  private final Runnable pause;
  private final Runnable resume;
  private final Deque<byte[]> chunks = new ArrayDeque<>();
  private int offset;
  private long unread;
  private long total;
  private boolean paused;
  private boolean ended;
  private boolean discarding;
  private @Nullable IOException failure;

  /**
   * Starts with nothing.
   *
   * @param pause called on the thread that adds
   * @param resume called on the thread that reads
   */
  ReceivedBytes(Runnable pause, Runnable resume) {
    this.pause = pause;
    this.resume = resume;
  }

  synchronized void add(byte[] bytes) {
    if (discarding || bytes.length == 0) {
      return;
    }
    chunks.add(bytes);
    unread += bytes.length;
    total += bytes.length;
    if (unread > MUCH && !paused) {
      paused = true;
      pause.run();
    }
    notifyAll();
  }

  /** There is nothing more to come. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** What is still to come never will. */
  synchronized void fail(IOException cause) {
    failure = cause;
    notifyAll();
  }

  synchronized boolean hasFailed() {
    return failure != null;
  }

  /** Bytes that have been received. */
  synchronized long total() {
    return total;
  }

  /** Nobody reads any more: what still comes is forgotten. */
  synchronized void discard() {
    discarding = true;
    chunks.clear();
    unread = 0;
    goOn();
  }

  private void goOn() {
    if (paused && unread <= MUCH / 2) {
      paused = false;
      resume.run();
    }
  }

  /**
   * As long as the body has not ended there may be more; {@link java.util.zip.GZIPInputStream} asks
   * for this behind a member, to know whether another follows.
   */
  @Override
  public synchronized int available() {
    return ended && chunks.isEmpty() ? 0 : 1;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public synchronized int read(byte[] into, int at, int length) throws IOException {
    while (chunks.isEmpty() && !ended && failure == null) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("the server stops", e);
      }
    }
    if (failure != null) {
      throw failure;
    }
    byte[] chunk = chunks.peek();
    if (chunk == null) {
      return -1;
    }
    int count = Math.min(length, chunk.length - offset);
    System.arraycopy(chunk, offset, into, at, count);
    offset += count;
    unread -= count;
    if (offset == chunk.length) {
      chunks.remove();
      offset = 0;
    }
    goOn();
    return count;
  }
}
