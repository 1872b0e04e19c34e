package io.puraify.blackbox.engine.alerts.notify;

import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.engine.alerts.evaluate.Alert;
import io.puraify.blackbox.engine.alerts.notify.Verdict.Stage;
import java.util.List;
import java.util.Map;

/** The second stage: somebody wants to hear nothing of it for a while. */
final class Silencing {

  private Silencing() {}

  static Verdict judge(Alert alert, List<Silence> silences, long now) {
    Map<String, String> labels = alert.allLabels();
    for (Silence silence : silences) {
      if (silence.isActive(now) && silence.means(labels)) {
        return Verdict.stop(
            Stage.SILENCE,
            "silence %s of %s until %s: %s"
                .formatted(
                    silence.id(),
                    silence.createdBy(),
                    Micros.format(silence.to()),
                    silence.reason()));
      }
    }
    return Verdict.pass(Stage.SILENCE, "no silence means it");
  }
}
