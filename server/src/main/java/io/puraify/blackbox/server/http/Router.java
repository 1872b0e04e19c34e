package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.ClosestName;
import io.puraify.blackbox.core.Problem;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.core.StoreException;
import io.puraify.blackbox.engine.state.StateException;
import io.puraify.blackbox.server.http.HttpApi.Handlers;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the handler of a request and answers what none wants to. */
final class Router {

  private static final Logger log = LoggerFactory.getLogger(Router.class);

  /** What a request counts as that no route is for. */
  private static final String NO_ROUTE = "none";

  /** Long enough for most of what is in the way to be over. */
  private static final long RETRY_SECONDS = 5;

  /** What a request for the pages counts as. */
  private static final String PAGES = "pages";

  private final Handlers handlers;
  private final WebHandler web;
  private final Blocking blocking;
  private final HttpMetrics metrics;

  Router(Handlers handlers, WebHandler web, Blocking blocking, HttpMetrics metrics) {
    this.handlers = handlers;
    this.web = web;
    this.blocking = blocking;
    this.metrics = metrics;
  }

  /** Answers a request; runs on its event loop. */
  void route(HttpServerRequest request, EventLoop loop) {
    String path = request.path() == null ? "" : request.path();
    try {
      for (Route route : HttpApi.ROUTES) {
        if (route.method().equals(request.method())) {
          Map<String, String> named = route.match(path);
          if (named != null) {
            handle(route, new Exchange(request, loop, named, measure(request, route.template())));
            return;
          }
        }
      }
      if (WebHandler.isFor(request.method(), path)) {
        page(request, loop, path);
      } else {
        none(request, loop, path);
      }
    } catch (IllegalArgumentException e) {
      // The path's escapes are broken; Vert.x and the JDK throw this for them.
      new Exchange(request, loop, Map.of(), measure(request, NO_ROUTE))
          .answer(Answer.problem(malformed(e)));
    }
  }

  private IntConsumer measure(HttpServerRequest request, String template) {
    long began = System.nanoTime();
    String method = request.method().name();
    return status -> metrics.answered(method, template, status, System.nanoTime() - began);
  }

  private void handle(Route route, Exchange exchange) {
    try {
      route.handler().apply(handlers).handle(exchange);
    } catch (RuntimeException e) {
      exchange.answer(failure(e));
    }
  }

  /** What is answered where a handler has thrown. */
  static Answer failure(Throwable thrown) {
    return switch (thrown) {
      case ProblemException later when isLater(later.problem()) ->
          Answer.retryLater(later.problem(), RETRY_SECONDS);
      case ProblemException refused -> Answer.problem(refused.problem());
      case StoreException failed -> {
        log.error("the event store could not answer", failed);
        Problem problem =
            new Problem(
                503,
                "store-unavailable",
                "The event store cannot answer",
                String.valueOf(failed.getMessage()));
        yield Answer.retryLater(problem, RETRY_SECONDS);
      }
      case StateException failed -> {
        log.error("the state could not be read or written", failed);
        Problem problem =
            new Problem(
                503,
                "state-unavailable",
                "The state cannot be read or written",
                String.valueOf(failed.getMessage()));
        yield Answer.retryLater(problem, RETRY_SECONDS);
      }
      case IllegalArgumentException malformed -> Answer.problem(malformed(malformed));
      default -> {
        log.error("a request failed", thrown);
        yield Answer.problem(
            new Problem(
                500,
                "internal-error",
                "Blackbox failed",
                "The request failed because of a mistake in Blackbox; its log says more."));
      }
    };
  }

  private static boolean isLater(Problem problem) {
    return problem.status() == 429 || problem.status() == 503;
  }

  private static Problem malformed(IllegalArgumentException cause) {
    return new Problem(
        400,
        "malformed-request",
        "The request cannot be read",
        "Its address is not encoded as it should be: " + cause.getMessage());
  }

  private void page(HttpServerRequest request, EventLoop loop, String path) {
    IntConsumer measure = measure(request, PAGES);
    Exchange exchange = new Exchange(request, loop, Map.of(), measure);
    HttpMethod method = request.method();
    MultiMap headers = request.headers();
    blocking.report(
        exchange, () -> web.answer(method, path, headers::get).orElseGet(() -> notFound(path)));
  }

  private void none(HttpServerRequest request, EventLoop loop, String path) {
    String allowed =
        HttpApi.ROUTES.stream()
            .filter(route -> route.match(path) != null)
            .map(route -> route.method().name())
            .distinct()
            .collect(Collectors.joining(", "));
    Exchange exchange = new Exchange(request, loop, Map.of(), measure(request, NO_ROUTE));
    if (allowed.isEmpty()) {
      exchange.answer(notFound(path));
    } else {
      String detail = "%s takes %s, not %s".formatted(path, allowed, request.method().name());
      Problem problem = new Problem(405, "method-not-allowed", "The method does not fit", detail);
      Answer answer = Answer.problem(problem);
      exchange.answer(
          new Answer(405, answer.contentType(), answer.body(), Map.of("Allow", allowed)));
    }
  }

  private static Answer notFound(String path) {
    List<String> templates = HttpApi.ROUTES.stream().map(Route::template).distinct().toList();
    return Answer.problem(
        new Problem(
            404,
            "not-found",
            "There is nothing here",
            "No route is called %s%s".formatted(path, ClosestName.hint(path, templates))));
  }
}
