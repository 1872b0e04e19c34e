package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Page;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.core.Search;
import io.puraify.blackbox.engine.audit.AttributeChange;
import io.puraify.blackbox.engine.audit.AuditMark;
import io.puraify.blackbox.engine.audit.TimelineEntry;
import io.puraify.blackbox.engine.audit.TimelineRequest;
import io.puraify.blackbox.engine.query.BoundedPage;
import io.puraify.blackbox.engine.query.ExportRequest;
import io.puraify.blackbox.engine.query.ExportRequest.Format;
import io.puraify.blackbox.engine.query.Parameters;
import io.puraify.blackbox.engine.query.SearchRequest;
import io.puraify.blackbox.server.text.Csv;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /monitoring/audit}: who did what, when, from where, with which result; a page as JSON,
 * or with {@code format} everything as a file.
 */
final class AuditTimelineHandler {

  private static final Logger log = LoggerFactory.getLogger(AuditTimelineHandler.class);

  private static final String FORMAT = "format";

  private static final List<String> COLUMNS =
      List.of(
          "timestamp",
          "project_id",
          "engine",
          "flow_id",
          "who",
          "what",
          "where",
          "result",
          "mark",
          "message",
          "changes",
          "event_id",
          "position");

  private final EventStore store;
  private final Blocking blocking;
  private final InstantSource clock;

  AuditTimelineHandler(EventStore store, Blocking blocking, InstantSource clock) {
    this.store = store;
    this.blocking = blocking;
    this.clock = clock;
  }

  void timeline(Exchange exchange) {
    TimelineRequest timeline = TimelineRequest.parse(exchange.parameters());
    if (timeline.rest().containsKey(FORMAT)) {
      export(exchange, timeline);
      return;
    }
    SearchRequest request = SearchRequest.parse(timeline.rest(), clock.instant());
    Search search = timeline.within(request.search());
    blocking.answer(
        exchange,
        () -> {
          Page<Event> page = BoundedPage.of(store::search, search);
          List<TimelineEntry> entries = page.items().stream().map(TimelineEntry::of).toList();
          return Answer.json(
              200, AuditJson.timeline(entries, page.complete(), request.nextCursor(page)));
        });
  }

  private void export(Exchange exchange, TimelineRequest timeline) {
    Instant now = clock.instant();
    ExportRequest request = ExportRequest.parse(timeline.rest(), now);
    if (request.format() == Format.PARQUET) {
      throw Parameters.refusal(FORMAT, "'parquet' is no format of a timeline; write ndjson or csv");
    }
    ResponseStream stream =
        exchange.stream(
            ExportHandler.contentType(request.format()),
            ExportHandler.asFile("blackbox-audit", request.format(), now));
    Search search = timeline.within(request.search());
    blocking.run(() -> send(search, request.format(), stream));
  }

  private void send(Search search, Format format, ResponseStream stream) {
    ExportPages pages =
        new ExportPages(
            search,
            next -> {
              stream.requireReader();
              return blocking.askPage(stream, () -> BoundedPage.of(store::search, next));
            });
    try {
      if (format == Format.CSV) {
        stream.write(utf8(Csv.line(COLUMNS.stream())));
      }
      pages.forEachRemaining(page -> stream.write(part(page, format)));
      stream.end();
    } catch (ResponseStream.GoneException e) {
      log.debug("the client of a timeline has gone");
    } catch (ProblemException e) {
      log.warn("a timeline breaks off: {}", e.problem().detail());
      stream.abort();
    } catch (RuntimeException e) {
      log.error("a timeline failed", e);
      stream.abort();
    }
  }

  private static byte[] part(List<Event> page, Format format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Event event : page) {
      TimelineEntry entry = TimelineEntry.of(event);
      if (format == Format.CSV) {
        bytes.writeBytes(utf8(Csv.line(cells(entry))));
      } else {
        bytes.writeBytes(AuditJson.entry(entry));
        bytes.write('\n');
      }
    }
    return bytes.toByteArray();
  }

  /** In the order of the columns. */
  private static Stream<String> cells(TimelineEntry entry) {
    Event event = entry.event();
    return Stream.of(
        Micros.format(event.timestampMicros()),
        event.projectId(),
        orEmpty(event.text(Field.ENGINE)),
        orEmpty(event.text(Field.FLOW_ID)),
        orEmpty(entry.who()),
        entry.what(),
        orEmpty(entry.where()),
        orEmpty(entry.result()),
        entry.mark().map(AuditMark::label).orElse(""),
        orEmpty(event.text(Field.MESSAGE)),
        entry.changes().stream()
            .map(AuditTimelineHandler::sentence)
            .collect(Collectors.joining("; ")),
        event.eventId(),
        Long.toString(event.position()));
  }

  private static String sentence(AttributeChange change) {
    return "%s: %s -> %s"
        .formatted(
            change.path(),
            change.before() == null ? "(none)" : change.before(),
            change.after() == null ? "(none)" : change.after());
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
