package io.puraify.blackbox.engine.replay;

import org.jspecify.annotations.Nullable;

/** What was done: the {@linkplain ReplayEvent#deed deed} of an engine on a platform. */
public record ActionKey(@Nullable String engine, @Nullable String platform, String deed) {

  /** For people: {@code send_message on Slack}. */
  String words() {
    return platform != null
        ? deed + " on " + platform
        : engine != null ? engine + " " + deed : deed;
  }
}
