package io.puraify.blackbox.engine.errors;

import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Problem;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.core.TimeRange;
import io.puraify.blackbox.engine.query.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Which grouping rules are tried on which errors: those of a project or of all, within a range of
 * event times, the newest first and so many at most. Immutable.
 */
public final class PreviewRequest {

  /** Takes a few seconds. */
  static final int USUAL_ERRORS = 20_000;

  /** For each there may be a group before and another one after, which are held in memory. */
  static final int MOST_ERRORS = 200_000;

  private static final Duration USUAL = Duration.ofDays(1);
  private static final Duration LONGEST = Duration.ofDays(366);
  private static final int LONGEST_PROJECT = 256;

  private final GroupingRules rules;
  private final @Nullable String project;
  private final TimeRange range;
  private final int most;

  private PreviewRequest(GroupingRules rules, @Nullable String project, TimeRange range, int most) {
    this.rules = rules;
    this.project = project;
    this.range = range;
    this.most = most;
  }

  /**
   * Reads a request: {@code rules}, and {@code from} with {@code to} (now without it), or {@code
   * since} (1d without it); {@code project_id} and {@code max_errors}.
   *
   * @throws ProblemException of status 400, with a JSON pointer for each place that is wrong
   */
  public static PreviewRequest read(JsonNode document, Instant now) {
    List<Problem.Item> errors = new ArrayList<>();
    Reading in = new Reading(document, "", errors);
    GroupingRules rules = GroupingRules.NONE;
    if (in.has("rules")) {
      rules = rules(document.path("rules"), errors);
    } else {
      in.error("rules", "the rules to try were expected");
    }
    String project = in.text("project_id", "", LONGEST_PROJECT);
    int most = (int) in.number("max_errors", USUAL_ERRORS, 1, MOST_ERRORS);
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
    if (!errors.isEmpty()) {
      throw new ProblemException(
          new Problem(
              400,
              "invalid-preview",
              "The grouping rules cannot be tried",
              "%d members are not as they have to be".formatted(errors.size()),
              errors));
    }
    return new PreviewRequest(
        rules, project.isEmpty() ? null : project, new TimeRange(from, to), most);
  }

  private static GroupingRules rules(JsonNode document, List<Problem.Item> errors) {
    try {
      return GroupingRulesReader.read(document);
    } catch (ProblemException e) {
      e.problem()
          .errors()
          .forEach(
              each -> errors.add(new Problem.Item(null, "/rules" + each.pointer(), each.detail())));
      return GroupingRules.NONE;
    }
  }

  GroupingRules rules() {
    return rules;
  }

  @Nullable String project() {
    return project;
  }

  public TimeRange range() {
    return range;
  }

  int most() {
    return most;
  }
}
