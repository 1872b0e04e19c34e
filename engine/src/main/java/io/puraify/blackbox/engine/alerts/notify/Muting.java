package io.puraify.blackbox.engine.alerts.notify;

import io.puraify.blackbox.engine.alerts.notify.Verdict.Stage;
import io.puraify.blackbox.engine.alerts.policy.MuteTime;
import io.puraify.blackbox.engine.alerts.policy.Policy;

/** The third stage: the policy tells nobody at this time of the week. */
final class Muting {

  private Muting() {}

  static Verdict judge(Policy policy, long now) {
    for (MuteTime mute : policy.muteTimes()) {
      if (mute.covers(now)) {
        return Verdict.stop(
            Stage.MUTE, "muted from %s to %s, %s".formatted(mute.from(), mute.to(), mute.zone()));
      }
    }
    return Verdict.pass(Stage.MUTE, "no mute time");
  }
}
