package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Page;
import io.puraify.blackbox.core.Problem;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.core.Search;
import io.puraify.blackbox.engine.audit.AuditException;
import io.puraify.blackbox.engine.audit.AuditTrail;
import io.puraify.blackbox.engine.audit.InclusionProof;
import io.puraify.blackbox.engine.audit.TimelineEntry;
import io.puraify.blackbox.engine.audit.TimelineRequest;
import io.puraify.blackbox.engine.query.BoundedPage;
import io.puraify.blackbox.engine.query.Parameters;
import io.puraify.blackbox.engine.query.SearchRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /monitoring/audit/report}: a part of the timeline as one HTML page that needs nothing
 * else, to be printed or kept, with the proof of its entries in it.
 */
final class AuditReportHandler {

  /** Entries a report; its proofs may be as many leaves, of some ten kilobytes each. */
  private static final int MOST = 500;

  /** A page that loads nothing and runs nothing, whatever events say. */
  private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";

  private final @Nullable AuditTrail trail;
  private final EventStore store;
  private final Blocking blocking;
  private final InstantSource clock;

  /**
   * @param trail {@code null} where events are not proven
   */
  AuditReportHandler(
      @Nullable AuditTrail trail, EventStore store, Blocking blocking, InstantSource clock) {
    this.trail = trail;
    this.store = store;
    this.blocking = blocking;
    this.clock = clock;
  }

  void report(Exchange exchange) {
    AuditTrail audit = trail;
    if (audit == null) {
      throw new ProblemException(
          new Problem(
              404,
              "audit-not-enabled",
              "Events are not proven",
              "Start the server with audit.enabled: true; events are proven from then on"));
    }
    Map<String, List<String>> asked = exchange.parameters();
    TimelineRequest timeline = TimelineRequest.parse(asked);
    Search search = timeline.within(SearchRequest.parse(timeline.rest(), clock.instant()).search());
    if (search.limit() > MOST) {
      throw Parameters.refusal("limit", "a report has at most %d entries".formatted(MOST));
    }
    blocking.answer(exchange, () -> report(audit, search, asked, clock.instant()));
  }

  private Answer report(
      AuditTrail audit, Search search, Map<String, List<String>> asked, Instant now) {
    Page<Event> page = BoundedPage.of(store::search, search);
    Map<Long, InclusionProof> proofs;
    try {
      proofs = audit.prove(page.items());
    } catch (AuditException e) {
      throw new ProblemException(
          new Problem(
              409,
              "audit-does-not-hold",
              "The audit trail does not hold",
              String.valueOf(e.getMessage())));
    }
    List<TimelineEntry> entries = page.items().stream().map(TimelineEntry::of).toList();
    byte[] html =
        AuditReport.html(
            new AuditReport.Content(
                asked, now, entries, page.complete(), proofs, audit.publicKey()));
    return new Answer(
        200,
        "text/html; charset=utf-8",
        html,
        Map.of("Content-Security-Policy", POLICY, "X-Content-Type-Options", "nosniff"));
  }
}
