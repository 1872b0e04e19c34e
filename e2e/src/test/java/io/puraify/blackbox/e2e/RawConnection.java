package io.puraify.blackbox.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A connection on which bytes are written as they are: a client that does not keep the rules. */
final class RawConnection implements AutoCloseable {

  private static final Pattern CONTENT_LENGTH = Pattern.compile("(?im)^content-length: *([0-9]+)");

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
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    } catch (SocketException closed) {
      // The server has read enough; its answer tells why.
      return this;
    }
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

  /** The whole answer; what there is of it where the server closes before. */
  String answer() throws IOException {
    StringBuilder answer = new StringBuilder();
    try {
      InputStream in = socket.getInputStream();
      while (answer.indexOf("\r\n\r\n") < 0) {
        int next = in.read();
        if (next < 0) {
          return answer.toString();
        }
        answer.append((char) next);
      }
      byte[] body = in.readNBytes(contentLength(answer));
      return answer.append(new String(body, StandardCharsets.UTF_8)).toString();
    } catch (SocketException reset) {
      // Closed by the server while there was more to read for it.
      return answer.toString();
    }
  }

  private static int contentLength(CharSequence head) {
    Matcher length = CONTENT_LENGTH.matcher(head);
    return length.find() ? Integer.parseInt(length.group(1)) : 0;
  }

  /** Waits until the server closes the connection. */
  void awaitClosed() throws IOException {
    try {
      socket.getInputStream().readAllBytes();
    } catch (SocketException reset) {
      // That is closed, too.
      return;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
