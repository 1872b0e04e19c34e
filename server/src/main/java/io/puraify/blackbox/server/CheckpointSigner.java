package io.puraify.blackbox.server;

import io.puraify.blackbox.engine.audit.AuditConsumer;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has a checkpoint of the audit trail signed each minute when something is new, and at the end. */
final class CheckpointSigner implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(CheckpointSigner.class);

  private static final Duration EVERY = Duration.ofMinutes(1);

  private final AuditConsumer audit;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("checkpoint-signer").factory());

  CheckpointSigner(AuditConsumer audit) {
    this.audit = audit;
  }

  void start() {
    var _ =
        timer.scheduleWithFixedDelay(
            this::sign, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void sign() {
    try {
      audit
          .checkpoint()
          .ifPresent(made ->
              log.debug(
                  "checkpoint {} stands for {} leaves",
                  made.content().number(),
                  made.content().leaves()));
    } catch (RuntimeException e) {
      log.error("no checkpoint of the audit trail could be signed; it is tried again", e);
    }
  }

  /** Signs what is new. Closing twice is fine. */
  @Override
  public void close() {
    if (!timer.isShutdown()) {
      timer.close();
      sign();
    }
  }
}
