package io.puraify.blackbox.e2e;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A connection on which bytes are written as they are: a client that does not keep the rules. */
final class RawConnection implements AutoCloseable {

  private final Socket socket;

  RawConnection(URI server) throws IOException {
    socket = new Socket(server.getHost(), server.getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) Patience.LONG.toMillis());
  }

  /** Writes text; its line feeds become those of HTTP. */
  RawConnection head(String lines) throws IOException {
    return write(lines.replace("\n", "\r\n"));
  }

  RawConnection write(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Begins to send events, with a body of so many bytes to follow. */
  RawConnection post(long contentLength) throws IOException {
    return head(
        """
        POST /monitoring/logs HTTP/1.1
        Host: blackbox
        Content-Type: application/x-ndjson
        Content-Length: %d

        """
            .formatted(contentLength));
  }

  /** The status line of the answer; empty where the server has closed without one. */
  String statusLine() throws IOException {
    StringBuilder line = new StringBuilder();
    try {
      for (int b = socket.getInputStream().read(); b >= 0 && b != '\r'; b = read()) {
        line.append((char) b);
      }
    } catch (java.net.SocketException reset) {
      // Closed by the server while there was more to read for it.
      return line.toString();
    }
    return line.toString();
  }

  private int read() throws IOException {
    return socket.getInputStream().read();
  }

  /** Waits until the server closes the connection. */
  void awaitClosed() throws IOException {
    try {
      socket.getInputStream().readAllBytes();
    } catch (java.net.SocketException reset) {
      // That is closed, too.
      return;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
