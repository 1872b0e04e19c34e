package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.ParquetWriter;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.engine.query.BoundedPage;
import io.puraify.blackbox.engine.query.ExportRequest;
import io.puraify.blackbox.engine.query.ExportRequest.Format;
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
 * <p>Page after page is read and written, so an export takes no more memory than a page, or a row
 * group of Parquet, however large it is. It stops when its client goes away, in the store as well,
 * and breaks off where the store fails or takes too long for a page, so that a part is not taken
 * for the whole.
 */
final class ExportHandler {

  private static final Logger log = LoggerFactory.getLogger(ExportHandler.class);

  private static final DateTimeFormatter FILE_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final EventStore store;
  private final ParquetWriter parquet;
  private final Blocking blocking;
  private final InstantSource clock;

  ExportHandler(EventStore store, ParquetWriter parquet, Blocking blocking, InstantSource clock) {
    this.store = store;
    this.parquet = parquet;
    this.blocking = blocking;
    this.clock = clock;
  }

  void export(Exchange exchange) {
    Instant now = clock.instant();
    ExportRequest request = ExportRequest.parse(exchange.parameters(), now);
    Format format = request.format();
    ResponseStream stream = exchange.stream(contentType(format), asFile("blackbox", format, now));
    blocking.run(() -> send(request, stream));
  }

  /** The header that has a client keep what it gets as a file. */
  static Map<String, String> asFile(String prefix, Format format, Instant now) {
    String name = "%s-%s.%s".formatted(prefix, FILE_TIME.format(now), format.fileSuffix());
    return Map.of("Content-Disposition", "attachment; filename=\"%s\"".formatted(name));
  }

  static String contentType(Format format) {
    return switch (format) {
      case NDJSON -> "application/x-ndjson";
      case CSV -> "text/csv; charset=utf-8";
      case PARQUET -> "application/vnd.apache.parquet";
    };
  }

  private void send(ExportRequest request, ResponseStream stream) {
    ExportPages pages =
        new ExportPages(
            request.search(),
            search -> {
              stream.requireReader();
              return blocking.askPage(stream, () -> BoundedPage.of(store::search, search));
            });
    try {
      switch (request.format()) {
        case NDJSON -> pages.forEachRemaining(page -> stream.write(ndjson(page)));
        case CSV -> {
          stream.write(csvHead());
          pages.forEachRemaining(page -> stream.write(csv(page)));
        }
        case PARQUET -> parquet.write(pages, stream::write);
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

  private static byte[] ndjson(List<Event> events) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Event event : events) {
      bytes.writeBytes(Json.event(event));
      bytes.write('\n');
    }
    return bytes.toByteArray();
  }

  private static byte[] csvHead() {
    return utf8(Csv.line(Arrays.stream(Field.values()).map(Field::jsonName)));
  }

  private static byte[] csv(List<Event> events) {
    StringBuilder lines = new StringBuilder();
    for (Event event : events) {
      lines.append(Csv.line(Arrays.stream(Field.values()).map(field -> text(event, field))));
    }
    return utf8(lines.toString());
  }

  private static String text(Event event, Field field) {
    String text = event.text(field);
    return text == null ? "" : text;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
