package io.puraify.blackbox.server.http;

/** Answers the requests of one route, on the event loop, and never waits there. */
@FunctionalInterface
interface RouteHandler {

  /**
   * Answers now or later. A {@link io.puraify.blackbox.core.ProblemException} becomes an answer.
   */
  void handle(Exchange exchange);
}
