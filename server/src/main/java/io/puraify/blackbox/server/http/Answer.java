package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.Problem;
import java.util.Map;

/**
 * What a request is answered with.
 *
 * @param headers besides those of the content's type and length
 */
record Answer(int status, String contentType, byte[] body, Map<String, String> headers) {

  private static final String JSON = "application/json";
  private static final String PROBLEM_JSON = "application/problem+json";

  static Answer of(int status, String contentType, byte[] body) {
    return new Answer(status, contentType, body, Map.of());
  }

  static Answer json(int status, byte[] body) {
    return of(status, JSON, body);
  }

  static Answer problem(Problem problem) {
    return of(problem.status(), PROBLEM_JSON, Json.problem(problem));
  }

  /** A problem that may be gone after so many seconds. */
  static Answer retryLater(Problem problem, long seconds) {
    Map<String, String> headers = Map.of("Retry-After", Long.toString(seconds));
    return new Answer(problem.status(), PROBLEM_JSON, Json.problem(problem), headers);
  }
}
