package io.puraify.blackbox.server.cli.policies;

import io.puraify.blackbox.core.Problem;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.engine.query.Reading;
import io.puraify.blackbox.server.cli.query.QueryParameters.Parameter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the file of a policy says that a test of it finds; {@code docs/alerts.md} tells the form to
 * people.
 *
 * @param times the events that it is about, as parameters of a request
 * @param fired how often the policy fires
 * @param notified how many notifications go out
 * @param alerts all alerts that it makes; {@code null} where they do not matter
 */
record PolicyExpectation(
    List<Parameter> times, Bounds fired, Bounds notified, @Nullable List<ExpectedAlert> alerts) {

  /** A test lists so many alerts. */
  private static final int MOST_ALERTS = 1_000;

  private static final Duration LONGEST = Duration.ofDays(366);

  PolicyExpectation {
    times = List.copyOf(times);
    alerts = alerts == null ? null : List.copyOf(alerts);
  }

  /** What is expected where a file says nothing. */
  static PolicyExpectation nothing() {
    Bounds any = new Bounds(null, null);
    return new PolicyExpectation(List.of(), any, any, null);
  }

  /**
   * Reads one.
   *
   * @param document a missing node where nothing is expected
   * @throws ProblemException with a JSON pointer for each place that is wrong
   */
  static PolicyExpectation read(JsonNode document) {
    if (document.isMissingNode()) {
      return nothing();
    }
    List<Problem.Item> errors = new ArrayList<>();
    Reading in = new Reading(document, "/expect", errors);
    PolicyExpectation read =
        new PolicyExpectation(
            times(in, document),
            Bounds.read(in, document, "fired"),
            Bounds.read(in, document, "notified"),
            in.has("alerts")
                ? in.objects("alerts", MOST_ALERTS, (each, n) -> ExpectedAlert.read(each))
                : null);
    in.refuseUnknown();
    if (document.isObject() && !in.has("fired") && !in.has("notified") && !in.has("alerts")) {
      errors.add(
          new Problem.Item(
              null, "/expect", "at least one of fired, notified and alerts was expected"));
    }
    if (!errors.isEmpty()) {
      throw new ProblemException(
          new Problem(
              400,
              "invalid-expectation",
              "What is expected of it cannot be understood",
              "%d places are not as they have to be".formatted(errors.size()),
              errors));
    }
    return read;
  }

  private static List<Parameter> times(Reading in, JsonNode document) {
    List<Parameter> times = new ArrayList<>();
    for (String name : List.of("from", "to")) {
      if (in.has(name)) {
        in.time(name);
        Parameter.add(times, name, document.path(name).asString(""));
      }
    }
    if (in.has("since")) {
      in.span("since", LONGEST, Duration.ofSeconds(1), LONGEST);
      Parameter.add(times, "since", document.path("since").asString(""));
      if (in.has("from")) {
        in.error("since", "either from or since was expected");
      }
    }
    return times;
  }

  /** What is otherwise in a test's answer, a line each; empty where it is as expected. */
  List<String> differences(JsonNode backtest) {
    List<String> lines = new ArrayList<>();
    long found = backtest.path("fired").asLong(0);
    difference(lines, "fired", fired, found);
    difference(lines, "notified", notified, backtest.path("notified").asLong(0));
    if (alerts != null) {
      List<JsonNode> made = backtest.path("episodes").valueStream().toList();
      differences(lines, alerts, made);
      if (found > made.size()) {
        lines.add("unexpected: %,d further alerts".formatted(found - made.size()));
      }
    }
    return lines;
  }

  private static void difference(List<String> lines, String name, Bounds bounds, long found) {
    bounds
        .missedBy(found)
        .ifPresent(wanted -> lines.add("%s: %,d; expected: %s".formatted(name, found, wanted)));
  }

  private static void differences(
      List<String> lines, List<ExpectedAlert> expected, List<JsonNode> made) {
    Pairing pairing = new Pairing(expected, made);
    for (int i = 0; i < expected.size(); i++) {
      if (!pairing.place(i, new boolean[made.size()])) {
        lines.add("missing: an alert " + expected.get(i).described());
      }
    }
    for (int i = 0; i < made.size(); i++) {
      if (pairing.expectedOf[i] < 0) {
        lines.add("unexpected: an alert " + ExpectedAlert.described(made.get(i)));
      }
    }
  }

  /**
   * Finds for each expected alert one of its own that was made, for as many as there can be (Kuhn's
   * algorithm): what is said of one may fit several.
   */
  private static final class Pairing {

    private final List<ExpectedAlert> expected;
    private final List<JsonNode> made;

    /** Which expected alert each that was made stands for; -1 for none. */
    private final int[] expectedOf;

    Pairing(List<ExpectedAlert> expected, List<JsonNode> made) {
      this.expected = expected;
      this.made = made;
      this.expectedOf = new int[made.size()];
      Arrays.fill(expectedOf, -1);
    }

    /** Places one, and others anew where they are in its way. */
    boolean place(int number, boolean[] tried) {
      for (int i = 0; i < made.size(); i++) {
        if (!tried[i] && expected.get(number).isMetBy(made.get(i))) {
          tried[i] = true;
          if (expectedOf[i] < 0 || place(expectedOf[i], tried)) {
            expectedOf[i] = number;
            return true;
          }
        }
      }
      return false;
    }
  }
}
