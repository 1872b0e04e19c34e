package io.puraify.blackbox.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResponseStreamTest {

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  /** What a client gets of an answer that is written so. */
  private HttpResponse<String> answer(Consumer<ResponseStream> writer) throws Exception {
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(request -> {
              EventLoop loop = new EventLoop(vertx.getOrCreateContext());
              ResponseStream stream = new ResponseStream(request.response(), loop);
              Thread.ofVirtual().start(() -> writer.accept(stream));
            })
            .listen(0, "127.0.0.1")
            .await();
    URI uri = URI.create("http://127.0.0.1:" + server.actualPort());
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void partsAreOneBodyInTheirOrder() throws Exception {
    HttpResponse<String> answer =
        answer(stream -> {
          for (int i = 0; i < 100; i++) {
            stream.write(bytes(i + " "));
          }
          stream.write(new byte[0]);
          stream.end();
        });
    assertThat(answer.body().split(" ")).hasSize(100).startsWith("0", "1").endsWith("99");
  }

  @Test
  void aBodyThatIsBrokenOffIsNotTakenForAWholeOne() {
    assertThatThrownBy(() ->
            answer(stream -> {
              stream.write(bytes("a part"));
              stream.abort();
            }))
        .isInstanceOf(IOException.class);
  }
}
