package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Page;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.core.Search;
import io.puraify.blackbox.engine.query.BoundedPage;
import io.puraify.blackbox.engine.query.ExportRequest;
import io.puraify.blackbox.server.text.Csv;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /monitoring/logs/export}: all events that match, as a file.
 *
 * <p>Page after page is read and written, so an export takes no more memory than a page however
 * large it is. It stops when its client goes away, in the store as well, and breaks off where the
 * store fails or takes too long for a page, so that a part is not taken for the whole.
 */
final class ExportHandler {

  private static final Logger log = LoggerFactory.getLogger(ExportHandler.class);

  private static final DateTimeFormatter FILE_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final EventStore store;
  private final Blocking blocking;
  private final InstantSource clock;

  ExportHandler(EventStore store, Blocking blocking, InstantSource clock) {
    this.store = store;
    this.blocking = blocking;
    this.clock = clock;
  }

  void export(Exchange exchange) {
    Instant now = clock.instant();
    ExportRequest request = ExportRequest.parse(exchange.parameters(), now);
    Form form = Form.of(request.format());
    String name = "blackbox-%s.%s".formatted(FILE_TIME.format(now), form.suffix);
    ResponseStream stream =
        exchange.stream(
            form.contentType,
            Map.of("Content-Disposition", "attachment; filename=\"%s\"".formatted(name)));
    blocking.run(() -> send(request, form, stream));
  }

  private void send(ExportRequest request, Form form, ResponseStream stream) {
    try {
      stream.write(form.head());
      Search next = request.search();
      while (next != null) {
        Search search = next;
        Page<Event> page = blocking.askPage(stream, () -> BoundedPage.of(store::search, search));
        if (!page.items().isEmpty()) {
          stream.write(form.body(page.items()));
        }
        next =
            page.complete()
                ? null
                : new Search(
                    search.filter(), search.range(), search.order(), page.next(), search.limit());
      }
      stream.end();
    } catch (ResponseStream.GoneException e) {
      log.debug("the client of an export has gone");
    } catch (ProblemException e) {
      log.warn("an export breaks off: {}", e.problem().detail());
      stream.abort();
    } catch (RuntimeException e) {
      log.error("an export failed", e);
      stream.abort();
    }
  }

  /** How events are written. */
  private enum Form {
    NDJSON("application/x-ndjson", "ndjson") {
      @Override
      byte[] head() {
        return new byte[0];
      }

      @Override
      byte[] body(List<Event> events) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Event event : events) {
          bytes.writeBytes(Json.event(event));
          bytes.write('\n');
        }
        return bytes.toByteArray();
      }
    },
    CSV("text/csv; charset=utf-8", "csv") {
      @Override
      byte[] head() {
        return utf8(Csv.line(Arrays.stream(Field.values()).map(Field::jsonName)));
      }

      @Override
      byte[] body(List<Event> events) {
        StringBuilder lines = new StringBuilder();
        for (Event event : events) {
          lines.append(Csv.line(Arrays.stream(Field.values()).map(field -> text(event, field))));
        }
        return utf8(lines.toString());
      }
    };

    final String contentType;
    final String suffix;

    Form(String contentType, String suffix) {
      this.contentType = contentType;
      this.suffix = suffix;
    }

    static Form of(ExportRequest.Format format) {
      return switch (format) {
        case NDJSON -> NDJSON;
        case CSV -> CSV;
      };
    }

    /** What comes before the first event. */
    abstract byte[] head();

    abstract byte[] body(List<Event> events);

    private static String text(Event event, Field field) {
      String text = event.text(field);
      return text == null ? "" : text;
    }

    private static byte[] utf8(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }
}
