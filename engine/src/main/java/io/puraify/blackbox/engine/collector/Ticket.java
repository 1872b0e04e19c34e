package io.puraify.blackbox.engine.collector;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One block on its way into the journal, and the requests that wait for it. */
final class Ticket {

  final List<Ingest.Share> shares = new ArrayList<>();

  /** Completes when the block is kept, or is not to be, and its shares were told. */
  final CompletableFuture<Void> settled = new CompletableFuture<>();
}
