package io.puraify.blackbox.server.cli.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** How text stands in the path or the query of a URL (RFC 3986). */
public final class PercentEncoding {

  private PercentEncoding() {}

  /** The text with whatever could mean something else encoded, slashes included. */
  public static String of(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
