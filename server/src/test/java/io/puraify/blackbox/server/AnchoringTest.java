package io.puraify.blackbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class AnchoringTest {

  private static final String SECRET = "between us";

  private record Told(String key, String timestamp, String signature, String event, String body) {

    int number() {
      return JsonMapper.shared().readTree(body).path("number").asInt();
    }
  }

  @TempDir private Path folder;
  private final List<Told> told = new CopyOnWriteArrayList<>();
  private HttpServer receiver;
  private volatile int status = 503;

  @BeforeEach
  void listen() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/", this::answer);
    receiver.start();
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var headers = exchange.getRequestHeaders();
    told.add(
        new Told(
            headers.getFirst("Idempotency-Key"),
            headers.getFirst("X-Blackbox-Timestamp"),
            headers.getFirst("X-Blackbox-Signature"),
            headers.getFirst("X-Blackbox-Event"),
            body));
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  /** A server that signs a checkpoint when it stops; it knows the receiver from then on. */
  private void recordAndStop(Map<String, String> further) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "audit.anchor.url",
                "http://127.0.0.1:%d/anchor".formatted(receiver.getAddress().getPort()),
                "audit.anchor.secret",
                SECRET));
    settings.putAll(further);
    try (TestServer server = TestServer.start(folder, settings)) {
      assertThat(server.post(TestServer.JSON, "{\"project_id\":\"p\"}").status()).isEqualTo(202);
    }
  }

  private static final Map<String, String> PRIVATE = Map.of("alerts.private.addresses", "true");

  @Test
  void checkpointsReachAReceiverThatFailedAtFirstSignedAndInOrder()
      throws GeneralSecurityException {
    recordAndStop(PRIVATE);
    assertThat(told).isNotEmpty().allMatch(each -> each.number() == 0);
    status = 204;
    recordAndStop(PRIVATE);
    recordAndStop(PRIVATE);

    assertThat(told.stream().map(Told::number).distinct()).containsExactly(0, 1, 2);
    assertThat(told.stream().map(Told::key).distinct()).hasSize(3);
    Told last = told.getLast();
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    String signed = last.timestamp() + "." + last.body();
    assertThat(last.signature())
        .isEqualTo(
            "sha256="
                + HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))));
    assertThat(last.event()).isEqualTo("audit_checkpoint");
  }

  @Test
  void whatTheReceiverSaysIsToldWithoutTheUrlAndBriefly() {
    URI url = URI.create("https://h.example/hooks/T0ken-in-path?token=hunter2%21&a=b");
    assertThat(
            Anchoring.told(
                url,
                "403 no POST /hooks/T0ken-in-path?token=hunter2%21&a=b by T0ken-in-path, hunter2!"))
        .isEqualTo("403 no POST [redacted]?[redacted] by [redacted], [redacted]");
    assertThat(Anchoring.told(url, "x".repeat(2_000))).hasSize(302);
    assertThat(Anchoring.told(URI.create("https://h.example/"), "503 a/b")).isEqualTo("503 a/b");
  }

  @Test
  void privateAddressesAreForThoseWhoAllowThem() {
    status = 204;
    recordAndStop(Map.of());
    assertThat(told).isEmpty();
  }
}
