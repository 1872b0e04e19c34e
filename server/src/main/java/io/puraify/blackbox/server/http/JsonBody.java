package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.Problem;
import io.puraify.blackbox.core.ProblemException;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a small JSON object that a request brings, and answers what becomes of it. */
final class JsonBody {

  /** A policy with a long expression and long templates is far below. */
  private static final int MOST_BYTES = 256 << 10;

  private JsonBody() {}

  /** Answers a request off the event loop; to be called on it. */
  static void answer(Exchange exchange, Blocking blocking, Function<JsonNode, Answer> work) {
    read(exchange, body -> blocking.report(exchange, () -> work.apply(parse(body))));
  }

  /** The same for a query, which has its turn and its limits. */
  static void query(Exchange exchange, Blocking blocking, Function<JsonNode, Answer> work) {
    read(exchange, body -> blocking.answer(exchange, () -> work.apply(parse(body))));
  }

  private static void read(Exchange exchange, Consumer<byte[]> sink) {
    String length = exchange.header("Content-Length");
    boolean readable = length != null && length.matches("[0-9]{1,9}");
    if (!readable || Integer.parseInt(length) > MOST_BYTES) {
      exchange.answer(
          Answer.problem(
              new Problem(
                  413,
                  "too-large",
                  "The body cannot be read",
                  "A body of at most %,d bytes with its Content-Length was expected"
                      .formatted(MOST_BYTES))));
      return;
    }
    var _ = exchange.request().body().onSuccess(body -> sink.accept(body.getBytes()));
  }

  private static JsonNode parse(byte[] body) {
    try {
      JsonNode json = JsonMapper.shared().readTree(body);
      if (json.isObject()) {
        return json;
      }
    } catch (JacksonException e) {
      throw refused("It is no JSON: " + e.getOriginalMessage());
    }
    throw refused("A JSON object was expected");
  }

  private static ProblemException refused(String detail) {
    return new ProblemException(
        new Problem(400, "invalid-body", "The body cannot be understood", detail));
  }
}
