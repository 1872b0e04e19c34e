package io.puraify.blackbox.server.cli.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("which certificates are trusted is the whole process's")
class HttpConnectionTest {

  /** A body of so many bytes. */
  private record Zeros(long length) implements RequestBody {
    @Override
    public void writeTo(WritableByteChannel channel) throws IOException {
      ByteBuffer chunk = ByteBuffer.allocate(1 << 16);
      for (long left = length; left > 0; left -= chunk.capacity()) {
        RequestBody.writeAll(chunk.clear().limit((int) Math.min(left, 1 << 16)), channel);
      }
    }
  }

  private static ServerAddress address(int port) {
    return ServerAddress.parse("http://127.0.0.1:" + port);
  }

  @Test
  void aConnectionCarriesManyRequests() throws IOException {
    try (FakeServer server =
            new FakeServer(request -> new FakeServer.Reply(202, request.method()));
        HttpConnection connection = HttpConnection.open(ServerAddress.parse(server.url() + "/a"))) {
      HttpAnswer posted = connection.post("/b?c=d", Map.of("X-Y", "z"), new Zeros(3));
      assertThat(posted.status()).isEqualTo(202);
      assertThat(connection.isReusable()).isTrue();
      assertThat(new String(connection.get("/e").body(), StandardCharsets.UTF_8)).isEqualTo("GET");
      FakeServer.Request request = server.requests().getFirst();
      assertThat(request.target()).isEqualTo("/a/b?c=d");
      assertThat(request.header("X-y")).isEqualTo("z");
      assertThat(request.body()).isEqualTo("\0\0\0");
      assertThat(server.requests().get(1).target()).isEqualTo("/a/e");
    }
  }

  @Test
  void anAnswerThatComesBeforeTheBodyWasReadIsNotLost() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> refuseEarly(server));
      try (HttpConnection connection = HttpConnection.open(address(server.getLocalPort()))) {
        HttpAnswer answer = connection.post("/", Map.of(), new Zeros(1L << 26));
        assertThat(answer.status()).isEqualTo(413);
        assertThat(connection.isReusable()).isFalse();
      }
    }
  }

  /** Reads the beginning alone, answers and hangs up. */
  private static void refuseEarly(ServerSocket server) {
    try (Socket socket = server.accept()) {
      socket.getInputStream().readNBytes(20);
      socket
          .getOutputStream()
          .write(
              "HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aHostThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> HttpConnection.open(ServerAddress.parse("http://no-such.invalid")))
        .hasMessage("there is no host no-such.invalid");
  }

  @Test
  void tlsIsSpokenAndTheServersNameIsChecked(@TempDir Path folder) throws Exception {
    SSLContext context = selfSigned(folder);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    SSLContext before = SSLContext.getDefault();
    SSLContext.setDefault(context);
    try {
      int port = server.getAddress().getPort();
      try (HttpConnection connection =
          HttpConnection.open(ServerAddress.parse("https://localhost:" + port))) {
        assertThat(connection.post("/", Map.of(), new Zeros(100_000)).body()).hasSize(100_000);
      }
      assertThatThrownBy(
              () -> HttpConnection.open(ServerAddress.parse("https://127.0.0.1:" + port)))
          .isInstanceOf(SSLHandshakeException.class);
    } finally {
      SSLContext.setDefault(before);
      server.stop(0);
    }
  }

  /** A certificate for localhost that the same context trusts. */
  private static SSLContext selfSigned(Path folder) throws Exception {
    Path file = folder.resolve("keys.p12");
    char[] password = "changeit".toCharArray();
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                file.toString(),
                "-storepass",
                "changeit",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost")
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream stream = Files.newInputStream(file)) {
      keys.load(stream, password);
    }
    KeyManagerFactory identity = KeyManagerFactory.getInstance("PKIX");
    identity.init(keys, password);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", keys.getCertificate("mykey"));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(identity.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
