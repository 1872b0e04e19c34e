package io.puraify.blackbox.engine.alerts;

import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Problem;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.core.TimeRange;
import io.puraify.blackbox.engine.alerts.policy.Policy;
import io.puraify.blackbox.engine.alerts.policy.Policy.Origin;
import io.puraify.blackbox.engine.alerts.policy.PolicyReader;
import io.puraify.blackbox.engine.query.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * Which policy is tried on which events.
 *
 * @param range of event times
 */
public record BacktestRequest(Policy policy, TimeRange range) {

  private static final Duration USUAL = Duration.ofDays(7);
  private static final Duration LONGEST = Duration.ofDays(366);

  /**
   * Reads a request: {@code policy}, and {@code from} with {@code to} (now without it), or {@code
   * since} (7d without it).
   *
   * @param channels whether there is a channel of a name
   * @throws ProblemException of status 400, with a JSON pointer for each place that is wrong
   */
  public static BacktestRequest read(JsonNode document, Instant now, Predicate<String> channels) {
    List<Problem.Item> errors = new ArrayList<>();
    Reading in = new Reading(document, "", errors);
    Policy policy = in.has("policy") ? policy(document.path("policy"), channels, errors) : null;
    if (!in.has("policy")) {
      in.error("policy", "the policy to try was expected");
    }
    long to = in.has("to") ? in.time("to") : Micros.of(now);
    if (in.has("from") && in.has("since")) {
      in.error("since", "either from or since was expected");
    }
    Duration since = in.span("since", USUAL, Duration.ofSeconds(1), LONGEST);
    long from = in.has("from") ? in.time("from") : to - since.toNanos() / 1_000;
    if (errors.isEmpty() && (from >= to || to - from > LONGEST.toNanos() / 1_000)) {
      in.error("from", "a time before the end, by 366 days at most, was expected");
    }
    in.refuseUnknown();
    if (policy == null || !errors.isEmpty()) {
      throw new ProblemException(
          new Problem(
              400,
              "invalid-backtest",
              "The policy cannot be tried",
              "%d members are not as they have to be".formatted(errors.size()),
              errors));
    }
    return new BacktestRequest(policy, new TimeRange(from, to));
  }

  private static @org.jspecify.annotations.Nullable Policy policy(
      JsonNode document, Predicate<String> channels, List<Problem.Item> errors) {
    try {
      return PolicyReader.read(document, 0, Origin.API, channels);
    } catch (ProblemException e) {
      e.problem()
          .errors()
          .forEach(each ->
              errors.add(new Problem.Item(null, "/policy" + each.pointer(), each.detail())));
      return null;
    }
  }
}
