package io.puraify.blackbox.server.demo;

import java.util.List;

/**
 * One way in which an action goes wrong.
 *
 * @param weight how often, next to the other failures of the same engine
 * @param exception the exception's name as its stack trace begins
 * @param waitsMillis time that passes before it is noticed
 * @param messages what is said of it, as {@link Phrase} reads it
 */
record Failure(
    String errorType,
    String severity,
    int weight,
    String exception,
    Language language,
    int waitsMillis,
    List<String> messages) {

  /** The name of the failure that takes as long as callers wait, and how long that is. */
  private static final String TIMEOUT = "api_timeout";

  private static final int TIMEOUT_MILLIS = 30_000;

  /** In which language the failing code is written, and so what its stack traces look like. */
  enum Language {
    JAVA,
    PYTHON,
    JAVASCRIPT
  }

  /** The failure that follows a broken renewal of access tokens. */
  static final Failure TOKEN_EXPIRED =
      java(
          "token_expired",
          "high",
          14,
          "io.puraify.execution.connector.InvalidTokenException",
          "Invalid token: the access token expired {n} min ago",
          "Failed to call the API, token expired");

  static final List<Failure> OF_CALLS =
      List.of(
          java(
              TIMEOUT,
              "high",
              24,
              "java.net.http.HttpTimeoutException",
              "Request timed out after 30000 ms",
              "No answer within 30 s, attempt {few}"),
          java(
              "rate_limited",
              "medium",
              22,
              "io.puraify.execution.connector.RateLimitException",
              "Too many requests, retry after {n} s",
              "API quota used up until the next minute"),
          TOKEN_EXPIRED,
          javaScript(
              "invalid_payload",
              "medium",
              12,
              "TypeError",
              "Cannot read properties of undefined (reading '{field}')",
              "row.{field} is not a function"),
          java(
              "upstream_error",
              "high",
              11,
              "io.puraify.execution.connector.UpstreamException",
              "The API answered 503 Service Unavailable",
              "The API answered 500, request id {id}"),
          python(
              "mapping_error",
              "medium",
              8,
              "KeyError",
              "'{field}'",
              "'{field}' while mapping row {n}"),
          java(
              "connection_reset",
              "high",
              6,
              "java.net.SocketException",
              "Connection reset by peer"),
          java(
              "not_found",
              "low",
              3,
              "io.puraify.execution.connector.NotFoundException",
              "Object {size} does not exist any more"));

  static final List<Failure> OF_VALIDATION =
      List.of(
          python(
              "schema_mismatch",
              "medium",
              5,
              "puraify.validation.errors.SchemaError",
              "{field} is not a valid {field}",
              "{n} values do not match the schema of {table}"),
          python(
              "missing_field",
              "medium",
              6,
              "puraify.validation.errors.MissingField",
              "Required field {field} is missing"),
          python(
              "type_mismatch",
              "low",
              3,
              "ValueError",
              "could not convert string to float: '{id}'",
              "invalid literal for int() with base 10: '{id}'"));

  static final List<Failure> OF_VAULT =
      List.of(
          java(
              "credential_missing",
              "high",
              5,
              "io.puraify.vault.SecretNotFoundException",
              "No credential for this connection"),
          java(
              "refresh_failed",
              "high",
              6,
              "io.puraify.vault.oauth.TokenRefreshException",
              "invalid_grant: the refresh token was revoked",
              "The authorisation server answered 400"),
          java(
              "decrypt_failed", "critical", 1, "javax.crypto.AEADBadTagException", "Tag mismatch"));

  static final List<Failure> OF_BUILDER =
      List.of(
          javaScript(
              "blueprint_conflict",
              "low",
              5,
              "ConflictError",
              "Revision {n} was saved by someone else"),
          javaScript(
              "invalid_blueprint",
              "medium",
              4,
              "BlueprintError",
              "Step {few} refers to {field}, which no step before it sets"));

  static final List<Failure> OF_FEEDBACK =
      List.of(
          javaScript(
              "delivery_failed",
              "medium",
              1,
              "FetchError",
              "request to the notification service failed, reason: socket hang up"));

  static final List<Failure> OF_CONTROL =
      List.of(
          java(
              "quota_exceeded",
              "medium",
              5,
              "io.puraify.control.QuotaExceededException",
              "Plan {plan} allows no more runs this month"),
          java(
              "policy_denied",
              "low",
              4,
              "io.puraify.control.PolicyException",
              "Policy {n} forbids this action"));

  private static Failure java(
      String errorType, String severity, int weight, String exception, String... messages) {
    int waitsMillis = errorType.equals(TIMEOUT) ? TIMEOUT_MILLIS : 0;
    return new Failure(
        errorType, severity, weight, exception, Language.JAVA, waitsMillis, List.of(messages));
  }

  private static Failure python(
      String errorType, String severity, int weight, String exception, String... messages) {
    return new Failure(
        errorType, severity, weight, exception, Language.PYTHON, 0, List.of(messages));
  }

  private static Failure javaScript(
      String errorType, String severity, int weight, String exception, String... messages) {
    return new Failure(
        errorType, severity, weight, exception, Language.JAVASCRIPT, 0, List.of(messages));
  }

  Failure {
    messages = List.copyOf(messages);
  }
}
