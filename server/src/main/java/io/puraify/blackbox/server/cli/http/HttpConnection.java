package io.puraify.blackbox.server.cli.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** One kept-alive connection to a server, used by one thread. */
public final class HttpConnection implements AutoCloseable {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** A server that waits for its store to show everything may take a while, but not for ever. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(10);

  private final ServerAddress server;
  private final Socket socket;
  private final WritableByteChannel output;
  private final InputStream input;
  private boolean reusable = true;

  private HttpConnection(
      ServerAddress server, Socket socket, WritableByteChannel output, InputStream input) {
    this.server = server;
    this.socket = socket;
    this.output = output;
    this.input = new BufferedInputStream(input);
  }

  /**
   * Connects.
   *
   * @throws IOException where nobody listens there
   */
  public static HttpConnection open(ServerAddress server) throws IOException {
    InetSocketAddress address = new InetSocketAddress(server.host(), server.port());
    if (address.isUnresolved()) {
      throw new UnknownHostException("there is no host " + server.host());
    }
    SocketChannel channel = SocketChannel.open();
    try {
      Socket socket = channel.socket();
      socket.connect(address, Math.toIntExact(CONNECT_TIMEOUT.toMillis()));
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(Math.toIntExact(ANSWER_TIMEOUT.toMillis()));
      if (server.secure()) {
        SSLSocket secure = secure(server, socket);
        return new HttpConnection(
            server, secure, Channels.newChannel(secure.getOutputStream()), secure.getInputStream());
      }
      // A file goes into the channel itself without passing through this process.
      return new HttpConnection(server, socket, channel, socket.getInputStream());
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static SSLSocket secure(ServerAddress server, Socket socket) throws IOException {
    SSLSocketFactory factory = tls().getSocketFactory();
    SSLSocket secure = (SSLSocket) factory.createSocket(socket, server.host(), server.port(), true);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secure.setSSLParameters(parameters);
    secure.startHandshake();
    return secure;
  }

  private static SSLContext tls() throws IOException {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IOException("this JVM cannot speak TLS", e);
    }
  }

  /** Asks for something. */
  public HttpAnswer get(String pathAndQuery) throws IOException {
    return send("GET", pathAndQuery, Map.of(), RequestBody.NONE);
  }

  /**
   * Asks for something that comes bit by bit; the connection is of no other use then.
   *
   * @param silence how long nothing may come before reading fails
   * @throws ServerFailedException where the server refuses, with its reason
   */
  public InputStream stream(String pathAndQuery, Map<String, String> headers, Duration silence)
      throws IOException {
    reusable = false;
    socket.setSoTimeout(Math.toIntExact(silence.toMillis()));
    write("GET", pathAndQuery, headers, RequestBody.NONE);
    return new AnswerReader(input).stream();
  }

  /** Sends a body. */
  public HttpAnswer post(String pathAndQuery, Map<String, String> headers, RequestBody body)
      throws IOException {
    return send("POST", pathAndQuery, headers, body);
  }

  /** Puts a body somewhere. */
  public HttpAnswer put(String pathAndQuery, Map<String, String> headers, RequestBody body)
      throws IOException {
    return send("PUT", pathAndQuery, headers, body);
  }

  /** Asks for something to be gone. */
  public HttpAnswer delete(String pathAndQuery, Map<String, String> headers) throws IOException {
    return send("DELETE", pathAndQuery, headers, RequestBody.NONE);
  }

  private HttpAnswer send(
      String method, String pathAndQuery, Map<String, String> headers, RequestBody body)
      throws IOException {
    try {
      write(method, pathAndQuery, headers, body);
    } catch (FileSystemException e) {
      // The body's own trouble: the server waits for the rest of it.
      reusable = false;
      throw e;
    } catch (IOException e) {
      reusable = false;
      return earlyAnswer(e);
    }
    return answer();
  }

  private void write(
      String method, String pathAndQuery, Map<String, String> headers, RequestBody body)
      throws IOException {
    StringBuilder head =
        new StringBuilder()
            .append(method)
            .append(' ')
            .append(server.path())
            .append(pathAndQuery)
            .append(" HTTP/1.1\r\nHost: ")
            .append(server.authority())
            .append("\r\nUser-Agent: blackbox\r\nAccept: application/json\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    if (body.length() > 0) {
      head.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    byte[] bytes = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    RequestBody.writeAll(ByteBuffer.wrap(bytes), output);
    body.writeTo(output);
  }

  /** A server that refuses a body may answer and close before it has read all of it. */
  private HttpAnswer earlyAnswer(IOException writing) throws IOException {
    try {
      return answer();
    } catch (IOException reading) {
      writing.addSuppressed(reading);
      throw writing;
    }
  }

  private HttpAnswer answer() throws IOException {
    AnswerReader reader = new AnswerReader(input);
    HttpAnswer answer = reader.read();
    reusable &= reader.keepsAlive();
    return answer;
  }

  /** Whether another request can be sent. */
  public boolean isReusable() {
    return reusable;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // What was to be said has been said; the descriptor is released in any case.
      reusable = false;
    }
  }
}
