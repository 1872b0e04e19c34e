package io.puraify.blackbox.bench;

import io.puraify.blackbox.server.demo.Traffic;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A connection that sends one event at a time without ever blocking. For one thread. */
final class RequestConnection {

  private static final int LONGEST_HEAD = 1_024;

  private final SocketChannel channel;
  private final String host;
  private final byte[] event = new byte[Traffic.MAX_LINE_BYTES];
  private final ByteBuffer request =
      ByteBuffer.allocateDirect(LONGEST_HEAD + Traffic.MAX_LINE_BYTES);
  private final ByteBuffer received;
  private final byte[] answer;
  private int filled;
  private long dueAt;

  RequestConnection(SocketChannel channel, String host, int answerBytes) {
    this.channel = channel;
    this.host = host;
    this.received = ByteBuffer.allocateDirect(answerBytes);
    this.answer = new byte[answerBytes];
  }

  /** When the request under way was due, as {@link System#nanoTime} counts. */
  long dueAt() {
    return dueAt;
  }

  /** Sends the next event. A request fits into the socket's buffer, as none is under way. */
  void send(Traffic traffic, long due) throws IOException {
    dueAt = due;
    filled = 0;
    int length = traffic.next(event, 0);
    request.clear();
    request.put(
        HttpConnection.requestHead(
            "POST", "/monitoring/logs", host, HttpConnection.NDJSON, length));
    request.put(event, 0, length).flip();
    while (request.hasRemaining()) {
      channel.write(request);
    }
  }

  /** Takes what has come: the answer's status once it is complete, else 0. */
  int receive() {
    try {
      if (channel.read(received.clear()) < 0) {
        throw new EOFException("the server closed a connection under load");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    received.flip();
    int count = received.remaining();
    received.get(answer, filled, count);
    filled += count;
    return HttpAnswer.end(answer, filled) < 0 ? 0 : HttpAnswer.status(answer);
  }
}
