package io.puraify.blackbox.engine.alerts;

import io.puraify.blackbox.engine.alerts.evaluate.Alert;
import io.puraify.blackbox.engine.alerts.evaluate.Evaluator;
import io.puraify.blackbox.engine.alerts.evaluate.Transition;
import io.puraify.blackbox.engine.alerts.notify.Pipeline;
import io.puraify.blackbox.engine.alerts.notify.Silence;
import io.puraify.blackbox.engine.alerts.notify.Verdict;
import io.puraify.blackbox.engine.alerts.policy.Policy;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * The evaluator and the pipeline, one behind the other. It knows no clock and does no I/O, so that
 * the running server and a backtest decide alike. Not safe for several threads.
 */
final class AlertRun {

  private final Evaluator evaluator = new Evaluator();
  private final Pipeline pipeline = new Pipeline(evaluator::policy);
  private long flushed;

  Evaluator evaluator() {
    return evaluator;
  }

  Pipeline pipeline() {
    return pipeline;
  }

  /** Replaces the policies. */
  void use(List<Policy> policies) {
    evaluator.use(policies);
    pipeline.policiesChanged();
  }

  /**
   * Hands what has happened to alerts to the pipeline.
   *
   * @param silences that are in force or to come
   * @param heard gets each thing that has happened
   * @return what the pipeline has decided since it was asked last
   */
  Pipeline.Result decide(List<Silence> silences, Consumer<Transition> heard) {
    for (Transition each : evaluator.drain()) {
      take(each);
      heard.accept(each);
    }
    long now = evaluator.now();
    if (pipeline.isDue(now) || now >= flushed + Evaluator.TICK_MICROS) {
      flushed = now;
      pipeline.flush(evaluator::alerts, silences, now);
    }
    return pipeline.drain();
  }

  private void take(Transition it) {
    Alert alert = it.alert();
    String why =
        "%s by policy %s, version %d: value %s, %,d events"
            .formatted(
                it.kind().name().toLowerCase(Locale.ROOT),
                it.policy().name(),
                alert.source().version(),
                alert.evidence().value(),
                alert.evidence().events());
    pipeline.decide(alert, new Verdict(Verdict.Stage.EVALUATE, true, why), it.micros());
    switch (it.kind()) {
      case FIRED, SEVERITY_CHANGED, FLAPPING, RESOLVED ->
          pipeline.add(alert, it.policy(), it.micros());
      case PENDING, DROPPED -> {}
    }
  }
}
