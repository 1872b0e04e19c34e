package io.puraify.blackbox.server.cli.ingest;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hands out the slices of all inputs, each once and in order, but for the very last, which is kept
 * until all others are acknowledged: when that one can be queried, so can everything before it.
 * Safe for many threads.
 */
final class SliceQueue implements Closeable {

  /**
   * A slice and its place.
   *
   * @param number of slices before it
   */
  record Numbered(long number, Slice slice) {}

  private final Deque<Input> inputs;
  private final InputStream standardInput;
  private final Format format;
  private final int sliceBytes;
  private @Nullable SliceSource current;
  private @Nullable Numbered heldBack;
  private long count;
  private long bytesOfEarlierInputs;
  private volatile long bytesRead;
  private volatile boolean stopped;

  SliceQueue(List<Input> inputs, InputStream standardInput, Format format, int sliceBytes) {
    this.inputs = new ArrayDeque<>(inputs);
    this.standardInput = standardInput;
    this.format = format;
    this.sliceBytes = sliceBytes;
  }

  /** The next slice, or {@code null} when only the last is left or it was stopped. */
  synchronized @Nullable Numbered next() throws IOException {
    while (!stopped) {
      Slice slice = read();
      if (slice == null) {
        return null;
      }
      Numbered before = heldBack;
      heldBack = new Numbered(count++, slice);
      if (before != null) {
        return before;
      }
    }
    return null;
  }

  private @Nullable Slice read() throws IOException {
    while (true) {
      SliceSource source = current;
      if (source == null) {
        Input input = inputs.poll();
        if (input == null) {
          return null;
        }
        current = input.open(standardInput, format, sliceBytes);
      } else {
        Slice slice = source.next();
        bytesRead = bytesOfEarlierInputs + source.bytesRead();
        if (slice != null) {
          return slice;
        }
        bytesOfEarlierInputs = bytesRead;
        current = null;
        source.close();
      }
    }
  }

  /** The last slice, once all others are handed out, or {@code null} where there is nothing. */
  synchronized @Nullable Numbered last() {
    return stopped ? null : heldBack;
  }

  /** Nothing more is to be sent. */
  void stop() {
    stopped = true;
  }

  /** Bytes of all inputs that have been read, as they are stored; waits for nobody. */
  long bytesRead() {
    return bytesRead;
  }

  @Override
  public synchronized void close() throws IOException {
    if (current != null) {
      current.close();
    }
  }
}
