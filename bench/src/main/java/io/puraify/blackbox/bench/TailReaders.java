package io.puraify.blackbox.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Readers of the live tail, all on one thread, so that the server keeps as much of the machine as
 * possible. They count what they are sent and what they are told was left out.
 */
final class TailReaders implements AutoCloseable {

  private static final int BUFFER_BYTES = 256 << 10;
  private static final long LOOK_MILLIS = 100;

  private final Selector selector;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final Thread thread = Thread.ofPlatform().name("tail-readers").unstarted(this::run);
  private volatile boolean closed;
  private final LongAdder bytes = new LongAdder();
  private volatile long events;
  private volatile long leftOut;

  private TailReaders(Selector selector) {
    this.selector = selector;
  }

  /**
   * Opens a reader for each query.
   *
   * @param queries such as {@code ?history=0&project_id=pf_1}
   */
  static TailReaders open(URI server, List<String> queries) throws IOException {
    TailReaders readers = new TailReaders(Selector.open());
    for (String query : queries) {
      SocketChannel channel =
          SocketChannel.open(new InetSocketAddress(server.getHost(), server.getPort()));
      byte[] head =
          HttpConnection.requestHead(
              "GET",
              "/monitoring/logs/stream" + query,
              server.getAuthority(),
              HttpConnection.JSON,
              0);
      ByteBuffer request = ByteBuffer.wrap(head);
      while (request.hasRemaining()) {
        channel.write(request);
      }
      channel.configureBlocking(false);
      channel.register(readers.selector, SelectionKey.OP_READ, new TailLines());
    }
    readers.thread.start();
    return readers;
  }

  private void run() {
    try {
      while (!closed) {
        selector.select(this::read, LOOK_MILLIS);
        long seen = 0;
        long missed = 0;
        for (SelectionKey key : selector.keys()) {
          TailLines lines = (TailLines) key.attachment();
          seen += lines.events();
          missed += lines.leftOut();
        }
        events = seen;
        leftOut = missed;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(SelectionKey key) {
    try {
      int count = ((SocketChannel) key.channel()).read(buffer.clear());
      if (count < 0) {
        throw new IOException("the server has ended a stream");
      }
      bytes.add(count);
      byte[] read = new byte[count];
      buffer.flip().get(read);
      ((TailLines) key.attachment()).add(read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long events() {
    return events;
  }

  long leftOut() {
    return leftOut;
  }

  long bytes() {
    return bytes.sum();
  }

  @Override
  public void close() throws IOException {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }

  /** What the lines of one stream say, however they are cut into parts. */
  static final class TailLines {
    private static final String EVENT = "id: ";
    private static final String LEFT_OUT = "data: {\"matching\":";
    private static final int LONGEST = 64;

    private final byte[] line = new byte[LONGEST];
    private int length;
    private long events;
    private long leftOut;

    void add(byte[] read) {
      for (byte next : read) {
        if (next == '\n') {
          end();
        } else if (length < LONGEST) {
          line[length++] = next;
        }
      }
    }

    private void end() {
      if (length > EVENT.length() && line[0] == 'i' && line[1] == 'd' && line[2] == ':') {
        events++;
      } else if (length > LEFT_OUT.length()) {
        String text = new String(line, 0, length, StandardCharsets.US_ASCII);
        if (text.startsWith(LEFT_OUT)) {
          String number = text.substring(LEFT_OUT.length(), text.indexOf(',', LEFT_OUT.length()));
          leftOut += Long.parseLong(number);
        }
      }
      length = 0;
    }

    long events() {
      return events;
    }

    long leftOut() {
      return leftOut;
    }
  }
}
