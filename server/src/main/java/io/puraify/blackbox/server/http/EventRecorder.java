package io.puraify.blackbox.server.http;

import io.puraify.blackbox.engine.collector.BodyFormat;
import io.puraify.blackbox.engine.collector.Ingest;
import io.puraify.blackbox.engine.collector.IngestResult;
import io.puraify.blackbox.engine.collector.Lane;
import java.util.concurrent.CompletableFuture;

/**
 * Records events that come of other requests, on the lane of an event loop. Safe for any thread.
 */
record EventRecorder(Lane lane) {

  /**
   * Records an event.
   *
   * @param event as JSON
   * @return completes on the event loop, when the journal has it
   */
  CompletableFuture<IngestResult> record(byte[] event) {
    CompletableFuture<IngestResult> kept = new CompletableFuture<>();
    Ingest ingest = lane.ingest(BodyFormat.JSON, null);
    ingest.execute(() -> {
      var _ =
          ingest
              .result()
              .whenComplete((result, thrown) -> {
                if (result == null) {
                  kept.completeExceptionally(thrown);
                } else {
                  kept.complete(result);
                }
              });
      ingest.feed(event, 0, event.length);
      ingest.finish();
    });
    return kept;
  }
}
