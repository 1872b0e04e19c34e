package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Problem;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.engine.deployments.DeploymentReport;
import io.puraify.blackbox.engine.deployments.DeploymentReports;
import io.puraify.blackbox.engine.deployments.Suspects;
import io.puraify.blackbox.engine.deployments.SuspectsRequest;
import io.puraify.blackbox.engine.errors.ErrorGroups;
import io.puraify.blackbox.engine.errors.GroupView;
import io.puraify.blackbox.engine.performance.Overview;
import io.puraify.blackbox.engine.performance.PerformanceMonitor;
import io.puraify.blackbox.engine.performance.PerformanceRequest;
import io.puraify.blackbox.engine.query.Parameters;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /monitoring/deployments/suspects}: which changes may be to blame for an error; {@code
 * GET /monitoring/deployments/{id}}: what became of a change.
 */
final class DeploymentReportHandler {

  private static final String GROUP = "group_id";
  private static final String MINUTES = "minutes";
  private static final int DEFAULT_MINUTES = (int) DeploymentOutcomes.WINDOW.toMinutes();
  private static final int MAX_MINUTES = 24 * 60;

  private final Suspects suspects;
  private final GroupSuspects groupSuspects;
  private final DeploymentReports reports;
  private final PerformanceMonitor performance;
  private final @Nullable ErrorGroups errors;
  private final Blocking blocking;
  private final InstantSource clock;

  /**
   * @param errors {@code null} where errors are not put into groups
   */
  DeploymentReportHandler(
      EventStore store,
      PerformanceMonitor performance,
      @Nullable ErrorGroups errors,
      GroupSuspects groupSuspects,
      Blocking blocking,
      InstantSource clock) {
    this.suspects = new Suspects(store);
    this.groupSuspects = groupSuspects;
    this.reports = new DeploymentReports(store);
    this.performance = performance;
    this.errors = errors;
    this.blocking = blocking;
    this.clock = clock;
  }

  void suspects(Exchange exchange) {
    Map<String, List<String>> given = exchange.parameters();
    if (!given.containsKey(GROUP)) {
      SuspectsRequest request = SuspectsRequest.parse(given, clock.instant());
      blocking.answer(exchange, () -> answer(suspects.answer(request)));
      return;
    }
    if (given.size() > 1 || given.getOrDefault(GROUP, List.of()).size() > 1) {
      throw Parameters.refusal(GROUP, "it is given once, and nothing else with it");
    }
    String id = given.getOrDefault(GROUP, List.of()).getFirst();
    blocking.answer(exchange, () -> answer(groupSuspects.answer(group(id))));
  }

  private static Answer answer(Suspects.Answer answer) {
    return DeploymentsJson.answer(200, SuspectsJson.answer(answer));
  }

  private GroupView.Details group(String id) {
    if (errors == null) {
      throw new ProblemException(
          new Problem(
              404,
              "errors-not-enabled",
              "Errors are not put into groups",
              "Start the server without errors.enabled: false, or say which error with q"));
    }
    return errors
        .find(id)
        .orElseThrow(() ->
            new ProblemException(
                new Problem(
                    404,
                    "no-such-group",
                    "There is no such group",
                    "No group of errors has the id " + id)));
  }

  void find(Exchange exchange) {
    String id = exchange.pathParameter("id");
    Map<String, List<String>> given = exchange.parameters();
    Parameters parameters = new Parameters(given, clock.instant(), List.of(MINUTES));
    given.keySet().stream()
        .filter(name -> !name.equals(MINUTES))
        .forEach(name -> parameters.error(name, "there is no parameter of this name"));
    int minutes =
        parameters
            .read(MINUTES, text -> Parameters.number(text, MAX_MINUTES))
            .orElse(DEFAULT_MINUTES);
    parameters.refuseWhatIsWrong();
    blocking.answer(exchange, () -> found(id, Duration.ofMinutes(minutes)));
  }

  private Answer found(String id, Duration window) {
    long now = Micros.of(clock.instant());
    return reports
        .find(id, window.toNanos() / 1_000, now)
        .map(
            report -> DeploymentsJson.answer(200, SuspectsJson.report(report, performance(report))))
        .orElseGet(() ->
            Answer.problem(
                new Problem(
                    404,
                    "no-such-deployment",
                    "There is no such deployment",
                    "No deployment or other change has the id " + id)));
  }

  /** By engine, after the change and as much time before it. */
  private Overview performance(DeploymentReport report) {
    return performance.overview(
        PerformanceRequest.parse(
            Map.of(
                "from", List.of(Micros.format(report.after().fromMicros())),
                "to", List.of(Micros.format(report.after().toMicros())),
                "group_by", List.of(Field.ENGINE.jsonName())),
            clock.instant()));
  }
}
