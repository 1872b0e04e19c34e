package io.puraify.blackbox.server.cli.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a server is.
 *
 * @param secure whether it speaks TLS
 * @param host a name or an address, IPv6 in brackets
 * @param path what stands before the API's own paths, such as {@code /blackbox} behind a proxy;
 *     empty or without a slash at its end
 */
public record ServerAddress(boolean secure, String host, int port, String path) {

  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  /**
   * Reads a URL such as {@code http://127.0.0.1:7070}.
   *
   * @throws IllegalArgumentException saying what was expected
   */
  public static ServerAddress parse(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw bad(url, e);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean secure = scheme.equals("https");
    if ((!secure && !scheme.equals("http")) || uri.getHost() == null) {
      throw bad(url, null);
    }
    int usual = secure ? HTTPS_PORT : HTTP_PORT;
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    return new ServerAddress(
        secure,
        uri.getHost(),
        uri.getPort() < 0 ? usual : uri.getPort(),
        path.replaceFirst("/+$", ""));
  }

  private static IllegalArgumentException bad(String url, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "'%s' is no address of a server; write one such as http://127.0.0.1:7070".formatted(url),
        cause);
  }

  String authority() {
    return host + ":" + port;
  }

  @Override
  public String toString() {
    return (secure ? "https://" : "http://") + authority() + path;
  }
}
