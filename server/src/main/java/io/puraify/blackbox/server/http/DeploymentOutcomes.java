package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.engine.deployments.Change;
import io.puraify.blackbox.engine.deployments.DeploymentReports;
import io.puraify.blackbox.engine.deployments.Outcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;

/** What became of the changes of a list. Safe for any thread. */
final class DeploymentOutcomes {

  /** How long before and after a change is looked at, as in its report. */
  static final Duration WINDOW = Duration.ofMinutes(60);

  /** While that time is not over, errors come that tell more. */
  private static final Duration KEPT = Duration.ofMinutes(1);

  /** Afterwards only a rollback or a late record can say otherwise. */
  private static final Duration KEPT_SETTLED = Duration.ofMinutes(5);

  /** A few pages of changes. */
  private static final int MOST_KEPT = 500;

  private final DeploymentReports reports;
  private final InstantSource clock;
  private final KeptAnswers<String, Outcome> answers;

  DeploymentOutcomes(EventStore store, Blocking blocking, InstantSource clock) {
    this.reports = new DeploymentReports(store);
    this.clock = clock;
    this.answers = new KeptAnswers<>(blocking, clock, MOST_KEPT);
  }

  /** Worked out beside the requests, and kept for a minute at least. */
  CompletableFuture<Outcome> later(Change change) {
    long window = WINDOW.toNanos() / 1_000;
    boolean settled = change.micros() + window < Micros.of(clock.instant());
    return answers.later(
        change.id(),
        settled ? KEPT_SETTLED : KEPT,
        () -> reports.report(change, window, Micros.of(clock.instant())).outcome());
  }
}
