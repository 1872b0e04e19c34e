package io.puraify.blackbox.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One kept-alive connection to a server, used by one thread. */
final class HttpConnection implements AutoCloseable {

  static final String NDJSON = "application/x-ndjson";
  static final String JSON = "application/json";

  private static final int ANSWER_BYTES = 64 << 10;

  private final String host;
  private final SocketChannel channel;
  private byte[] answer = new byte[ANSWER_BYTES];

  HttpConnection(URI server) throws IOException {
    this.host = server.getAuthority();
    this.channel = SocketChannel.open(new InetSocketAddress(server.getHost(), server.getPort()));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
  }

  /** Sends a part of a file without touching it: the kernel copies it to the socket. */
  HttpAnswer postFile(String path, FileChannel file, long from, long length) throws IOException {
    write(head("POST", path, NDJSON, length));
    long sent = 0;
    while (sent < length) {
      sent += file.transferTo(from + sent, length - sent, channel);
    }
    return read();
  }

  /** Sends NDJSON. */
  HttpAnswer post(String path, ByteBuffer body) throws IOException {
    return send("POST", path, NDJSON, body);
  }

  HttpAnswer get(String path) throws IOException {
    return send("GET", path, NDJSON, ByteBuffer.allocate(0));
  }

  HttpAnswer send(String method, String path, String contentType, ByteBuffer body)
      throws IOException {
    write(head(method, path, contentType, body.remaining()));
    write(body);
    return read();
  }

  private ByteBuffer head(String method, String path, String contentType, long length) {
    return ByteBuffer.wrap(requestHead(method, path, host, contentType, length));
  }

  /** The head of a request. */
  static byte[] requestHead(
      String method, String path, String host, String contentType, long length) {
    String head =
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: "
            + host
            + "\r\nContent-Type: "
            + contentType
            + "\r\nContent-Length: "
            + length
            + "\r\n\r\n";
    return head.getBytes(StandardCharsets.US_ASCII);
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private HttpAnswer read() throws IOException {
    int filled = 0;
    while (true) {
      int count = channel.read(ByteBuffer.wrap(answer, filled, answer.length - filled));
      if (count < 0) {
        throw new EOFException("the server closed the connection before it answered");
      }
      filled += count;
      int end = HttpAnswer.end(answer, filled);
      if (end >= 0) {
        return HttpAnswer.of(answer, end);
      }
      if (filled == answer.length) {
        answer = Arrays.copyOf(answer, 2 * answer.length);
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
