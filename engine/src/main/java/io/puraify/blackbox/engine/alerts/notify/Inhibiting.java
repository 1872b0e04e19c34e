package io.puraify.blackbox.engine.alerts.notify;

import io.puraify.blackbox.engine.alerts.evaluate.Alert;
import io.puraify.blackbox.engine.alerts.notify.Verdict.Stage;
import io.puraify.blackbox.engine.alerts.policy.Inhibition;
import io.puraify.blackbox.engine.alerts.policy.Matchers;
import io.puraify.blackbox.engine.alerts.policy.Policy;
import java.util.List;
import java.util.Map;

/** The first stage: an alert is not told while another one fires that explains it. */
final class Inhibiting {

  private Inhibiting() {}

  static Verdict judge(Alert alert, Policy policy, List<Alert> active) {
    Map<String, String> labels = alert.allLabels();
    for (Inhibition inhibition : policy.inhibitions()) {
      for (Alert source : active) {
        if (source.state().isFiring()
            && !source.id().equals(alert.id())
            && !couldExplainEachOther(inhibition, alert, source)
            && explains(inhibition, source.allLabels(), labels)) {
          return Verdict.stop(
              Stage.INHIBIT,
              "alert %s of %s explains it".formatted(source.id(), source.source().policy()));
        }
      }
    }
    return Verdict.pass(Stage.INHIBIT, "no alert explains it");
  }

  /**
   * As Alertmanager has it, an alert that could be a source itself is not inhibited by its like:
   * else neither of them would be told.
   */
  private static boolean couldExplainEachOther(Inhibition inhibition, Alert alert, Alert source) {
    return source.source().policy().equals(alert.source().policy())
        && Matchers.match(inhibition.source(), alert.allLabels());
  }

  private static boolean explains(
      Inhibition inhibition, Map<String, String> source, Map<String, String> target) {
    return Matchers.match(inhibition.source(), source)
        && inhibition.equal().stream()
            .allMatch(
                label -> source.getOrDefault(label, "").equals(target.getOrDefault(label, "")));
  }
}
