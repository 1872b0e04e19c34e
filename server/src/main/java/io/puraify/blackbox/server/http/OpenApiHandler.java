package io.puraify.blackbox.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** {@code GET /openapi.yaml}: what the API is, for programs. */
final class OpenApiHandler {

  private static final String RESOURCE = "/openapi.yaml";
  private static final String YAML = "application/yaml";

  void document(Exchange exchange) {
    exchange.answer(Answer.of(200, YAML, bytes()));
  }

  private static byte[] bytes() {
    try (InputStream document = OpenApiHandler.class.getResourceAsStream(RESOURCE)) {
      if (document == null) {
        throw new IllegalStateException(RESOURCE + " is missing in this build");
      }
      return document.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
  }
}
