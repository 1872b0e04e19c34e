package io.puraify.blackbox.server.http;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer. Belongs to the event loop of its connection; {@link #answer} may be
 * called from any thread.
 */
final class Exchange {

  private final HttpServerRequest request;
  private final EventLoop loop;
  private final Map<String, String> pathParameters;
  private final IntConsumer onAnswered;

  /**
   * Begins an exchange.
   *
   * @param onAnswered told the status of the answer
   */
  Exchange(
      HttpServerRequest request,
      EventLoop loop,
      Map<String, String> pathParameters,
      IntConsumer onAnswered) {
    this.request = request;
    this.loop = loop;
    this.pathParameters = pathParameters;
    this.onAnswered = onAnswered;
  }

  EventLoop loop() {
    return loop;
  }

  HttpServerRequest request() {
    return request;
  }

  @Nullable String header(String name) {
    return request.getHeader(name);
  }

  /** The part of the path that the route names. */
  String pathParameter(String name) {
    String value = pathParameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route has no part called " + name);
    }
    return value;
  }

  /** The parameters behind the question mark, decoded, in their order. */
  Map<String, List<String>> parameters() {
    MultiMap params = request.params();
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (String name : params.names()) {
      parameters.put(name, params.getAll(name));
    }
    return parameters;
  }

  /**
   * Has something called, once, when the client goes away before it has its answer. To be called on
   * the event loop, where it then runs.
   */
  void onGone(Runnable hook) {
    HttpServerResponse response = request.response();
    if (response.closed()) {
      hook.run();
    } else {
      response.closeHandler(_ -> hook.run());
    }
  }

  /** Answers, unless it was answered before or the client has gone. */
  void answer(Answer answer) {
    loop.run(() -> write(answer));
  }

  /**
   * Begins an answer of status 200 whose body is written part by part. To be called on the event
   * loop, once, instead of {@link #answer}.
   *
   * @param headers besides that of the content's type
   */
  ResponseStream stream(String contentType, Map<String, String> headers) {
    HttpServerResponse response = request.response();
    onAnswered.accept(200);
    response.putHeader("Content-Type", contentType);
    headers.forEach(response::putHeader);
    return new ResponseStream(response, loop);
  }

  private void write(Answer answer) {
    HttpServerResponse response = request.response();
    if (response.ended()) {
      return;
    }
    onAnswered.accept(answer.status());
    if (response.closed()) {
      return;
    }
    response.setStatusCode(answer.status());
    response.putHeader("Content-Type", answer.contentType());
    answer.headers().forEach(response::putHeader);
    var _ = response.end(Buffer.buffer(answer.body()));
  }
}
