package io.puraify.blackbox.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files are in {@code src/test/resources/web-of-a-test}. */
class WebHandlerTest {

  private final WebHandler web = new WebHandler(new WebFiles("/web-of-a-test"));

  private Optional<Answer> get(String path, Map<String, String> headers) {
    return web.answer(HttpMethod.GET, path, headers::get);
  }

  private Answer found(String path, Map<String, String> headers) {
    return get(path, headers).orElseThrow();
  }

  private static String text(Answer answer) {
    return new String(answer.body(), UTF_8).strip();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/explore",
        "/errors/1f2e3d4c5b6a7988",
        "/replay/s.1",
        "/what-a-later-version-has"
      })
  void browsersGetTheDocumentForEveryPage(String path) {
    Answer answer = found(path, Map.of("Accept", "text/html,*/*;q=0.8"));

    assertThat(text(answer)).isEqualTo("<!doctype html>the document");
    assertThat(answer.contentType()).isEqualTo("text/html; charset=utf-8");
    assertThat(answer.headers()).containsEntry("Cache-Control", "no-cache");
  }

  @Test
  void theRootIsTheDocumentForEveryone() {
    assertThat(text(found("/", Map.of()))).isEqualTo("<!doctype html>the document");
  }

  @ParameterizedTest
  @CsvSource({"/exploer, */*", "/assets/gone.js, text/html", "/gone.txt, text/html"})
  void whatIsNotThereIsNotAnswered(String path, String accept) {
    assertThat(get(path, Map.of("Accept", accept))).isEmpty();
  }

  @Test
  void assetsAreKeptForever() {
    Answer answer = found("/assets/code-1a2b3c.js", Map.of());

    assertThat(text(answer)).isEqualTo("plain()");
    assertThat(answer.contentType()).isEqualTo("text/javascript; charset=utf-8");
    assertThat(answer.headers())
        .containsEntry("Cache-Control", "public, max-age=31536000, immutable")
        .containsEntry("Vary", "Accept-Encoding")
        .doesNotContainKey("Content-Encoding");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip, deflate, br | br | of br",
        "br;q=0, gzip | gzip | of gz",
        "GZIP;q=0.5 | gzip | of gz",
        "br;q=0.0, gzip;q=0 | ~ | plain()",
        "zstd, brotli | ~ | plain()",
      },
      nullValues = "~")
  void theSmallestFormIsSentThatIsTaken(String accepted, String encoding, String text) {
    Answer answer = found("/assets/code-1a2b3c.js", Map.of("Accept-Encoding", accepted));

    assertThat(text(answer)).isEqualTo(text);
    assertThat(answer.headers().get("Content-Encoding")).isEqualTo(encoding);
  }

  @Test
  void whatHasNotChangedIsNotSentAgain() {
    Answer first = found("/", Map.of());
    String etag = first.headers().get("ETag");

    Answer again = found("/", Map.of("If-None-Match", "\"other\", " + etag));

    assertThat(again.status()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(again.headers()).containsEntry("ETag", etag);
    assertThat(found("/", Map.of("If-None-Match", "\"other\"")).status()).isEqualTo(200);
  }

  @Test
  void aHeadHasTheLengthAndNoBody() {
    Answer answer = web.answer(HttpMethod.HEAD, "/", Map.<String, String>of()::get).orElseThrow();

    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().get("Content-Length"))
        .isEqualTo(Integer.toString(found("/", Map.of()).body().length));
  }

  @Test
  void thePlayerOfRecordingsMayHaveStylesAndSendNothing() {
    assertThat(found("/player.html", Map.of()).headers().get("Content-Security-Policy"))
        .contains("default-src 'none'", "script-src 'self';", "style-src 'unsafe-inline';")
        .contains("img-src data:;")
        .contains("frame-ancestors 'self'")
        .doesNotContain("connect-src", "unsafe-eval");
  }

  @Test
  void onlyScriptsFromHereRun() {
    assertThat(found("/", Map.of()).headers().get("Content-Security-Policy"))
        .contains("default-src 'self'", "script-src 'self';", "require-trusted-types-for 'script'")
        .doesNotContain("unsafe");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../openapi.yaml",
        "/assets/../../openapi.yaml",
        "/assets/..%2f..%2fopenapi.yaml",
        "/%2e%2e/openapi.yaml",
        "//openapi.yaml",
        "/assets//code-1a2b3c.js",
        "/.hidden/manifest.json",
        "/assets/code-1a2b3c.js%00.html",
        "/assets\\code-1a2b3c.js",
      })
  void nothingElseCanBeRead(String path) {
    assertThat(get(path, Map.of())).isEmpty();
  }

  @Test
  void aVeryLongAddressIsNoFile() {
    assertThat(get("/a".repeat(32 << 10), Map.of())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /, true",
    "HEAD, /explore, true",
    "POST, /explore, false",
    "GET, /monitoring, false",
    "GET, /monitoring/anything, false",
    "GET, /health/what, false",
    "GET, /metrics, false",
    "GET, /openapi.yaml, false",
    "GET, /monitoring-of-ours, true",
  })
  void theApiKeepsItsAddresses(String method, String path, boolean expected) {
    assertThat(WebHandler.isFor(HttpMethod.valueOf(method), path)).isEqualTo(expected);
  }
}
