package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.EventStore;
import java.time.InstantSource;

/** What is thought of changes, worked out once for all event loops. Safe for any thread. */
record Judgements(GroupSuspects suspects, DeploymentOutcomes outcomes) {

  static Judgements of(EventStore store, Blocking blocking, InstantSource clock) {
    return new Judgements(
        new GroupSuspects(store, blocking, clock), new DeploymentOutcomes(store, blocking, clock));
  }
}
