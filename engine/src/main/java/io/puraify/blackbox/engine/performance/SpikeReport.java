package io.puraify.blackbox.engine.performance;

import io.puraify.blackbox.engine.performance.SpikeTables.Reported;
import io.puraify.blackbox.engine.performance.SpikeTables.Stored;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** That a spike has begun, or ended, and nobody was told yet. Immutable, safe for any thread. */
public final class SpikeReport {

  private final Spike spike;
  private final Stored stored;

  SpikeReport(Spike spike, Stored stored) {
    this.spike = spike;
    this.stored = stored;
  }

  public Spike spike() {
    return spike;
  }

  /** Whether it tells of the end. */
  public boolean isEnd() {
    return stored.reported() == Reported.BEGIN;
  }

  /** An event id that is the same each time, so that telling twice is telling once. */
  public String eventId() {
    String name = spike.id() + (isEnd() ? "/end" : "/begin");
    return "spike-" + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }

  Stored stored() {
    return stored;
  }
}
