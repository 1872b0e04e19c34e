package io.puraify.blackbox.server.http;

import io.vertx.core.http.HttpMethod;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Serves the pages at {@code /}. A page has an address of its own, such as {@code /explore}, but
 * all are the same document, which finds out by itself what to show. Safe for any thread.
 */
final class WebHandler {

  private static final String DOCUMENT = "/index.html";

  /** What is in this folder has its content's hash in its name. */
  private static final String ASSETS = "/assets/";

  private static final String FOREVER = "public, max-age=31536000, immutable";
  private static final String ASK_AGAIN = "no-cache";

  /**
   * Nothing runs and nothing is loaded that does not come from here, whatever the text of an event
   * says; and no text becomes markup, since no policy for that is allowed.
   */
  private static final String POLICY =
      "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self';"
          + " frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

  /** The document that plays recordings of pages, in a frame of the one that shows a session. */
  private static final String PLAYER = "/player.html";

  /**
   * Recorded pages have inline styles, and pictures in their addresses; nothing else is loaded, not
   * from here either, where an address may be much work to answer; no script but the player's runs,
   * and nothing is sent anywhere, whatever was recorded. What is recorded is in a sandboxed frame
   * inside of it, in which no script runs at all.
   */
  private static final String PLAYER_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; img-src data:;"
          + " font-src data:; media-src data:; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'self'";

  /** How the paths of the API begin. */
  private static final Set<String> API =
      HttpApi.ROUTES.stream()
          .map(route -> firstPart(route.template()))
          .collect(Collectors.toUnmodifiableSet());

  private final WebFiles files;

  WebHandler(WebFiles files) {
    this.files = files;
  }

  /** Whether a request that no route is for could be one for the pages. */
  static boolean isFor(HttpMethod method, String path) {
    boolean reads = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    return reads && path.startsWith("/") && !API.contains(firstPart(path));
  }

  private static String firstPart(String path) {
    int end = path.indexOf('/', 1);
    return end < 0 ? path : path.substring(0, end);
  }

  /**
   * The answer to such a request, or nothing where there is no such file and no page is wanted. May
   * read from the disk.
   *
   * @param header reads the request's headers
   */
  Optional<Answer> answer(HttpMethod method, String path, Headers header) {
    String encodings = orNothing(header.get("Accept-Encoding"));
    String wanted = isPage(path, orNothing(header.get("Accept"))) ? DOCUMENT : path;
    return files
        .find(wanted, encodings)
        .map(file -> answer(method, wanted, file, orNothing(header.get("If-None-Match"))));
  }

  /**
   * Browsers that go somewhere ask for HTML; programs that mistype an address do not. Files lie at
   * the top and among the assets; what a page is about may have a dot in its name.
   */
  private static boolean isPage(String path, String accept) {
    boolean file = path.startsWith(ASSETS) || path.lastIndexOf('/') == 0 && path.contains(".");
    return path.equals("/") || (!file && accept.contains("text/html"));
  }

  private static Answer answer(HttpMethod method, String path, WebFile file, String ifNoneMatch) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Cache-Control", path.startsWith(ASSETS) ? FOREVER : ASK_AGAIN);
    headers.put("ETag", file.etag());
    headers.put("Vary", "Accept-Encoding");
    if (ifNoneMatch.contains(file.etag())) {
      return new Answer(304, file.contentType(), new byte[0], headers);
    }
    headers.put("Content-Security-Policy", path.equals(PLAYER) ? PLAYER_POLICY : POLICY);
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Referrer-Policy", "same-origin");
    if (!file.encoding().equals("identity")) {
      headers.put("Content-Encoding", file.encoding());
    }
    boolean head = method.equals(HttpMethod.HEAD);
    headers.put("Content-Length", Integer.toString(file.bytes().length));
    return new Answer(200, file.contentType(), head ? new byte[0] : file.bytes(), headers);
  }

  private static String orNothing(@Nullable String value) {
    return value == null ? "" : value;
  }

  /** The headers of a request. */
  @FunctionalInterface
  interface Headers {
    @Nullable String get(String name);
  }
}
