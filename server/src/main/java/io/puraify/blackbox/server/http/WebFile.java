package io.puraify.blackbox.server.http;

import java.util.Map;

/**
 * A file of the pages as it is sent.
 *
 * @param encoding what it is compressed with; {@code identity} where it is not
 * @param etag changes with every change of the bytes, in quotes
 */
record WebFile(byte[] bytes, String contentType, String encoding, String etag) {

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "json", "application/json",
          "png", "image/png",
          "woff2", "font/woff2",
          "txt", "text/plain; charset=utf-8");

  /** The type of what has such a name. */
  static String typeOf(String name) {
    return TYPES.getOrDefault(
        name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
  }
}
