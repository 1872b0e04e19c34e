package io.puraify.blackbox.storage.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbParquetWriterTest {

  private static final long TIME = 1_753_452_060_000_001L;

  @TempDir private Path folder;
  private final DuckDbParquetWriter writer = new DuckDbParquetWriter();

  private static Event event(int number) {
    return Event.at(number)
        .set(Field.EVENT_ID, "e-" + number)
        .set(Field.PROJECT_ID, "p")
        .set(Field.TIMESTAMP, TIME + number)
        .set(Field.RECEIVED_AT, TIME + number)
        .build();
  }

  /** Pages of a thousand. */
  private static Iterator<List<Event>> pages(int count) {
    return IntStream.range(0, count)
        .mapToObj(page -> IntStream.range(0, 1_000).mapToObj(i -> event(page * 1_000 + i)).toList())
        .iterator();
  }

  private Path write(Iterator<List<Event>> pages) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    writer.write(pages, bytes::writeBytes);
    return Files.write(folder.resolve("events.parquet"), bytes.toByteArray());
  }

  private static List<List<String>> query(String sql) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(String.valueOf(result.getString(i)));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  @Test
  void everyFieldIsAColumnOfItsType() throws Exception {
    Event full =
        Event.at(7)
            .set(Field.EVENT_ID, "e\u0000ü")
            .set(Field.PROJECT_ID, "p")
            .set(Field.TIMESTAMP, TIME)
            .set(Field.RECEIVED_AT, -1L)
            .set(Field.MESSAGE, "a \"b\"\nc")
            .set(Field.DURATION_MS, 1.25)
            .set(Field.RETRIES, 3L)
            .set(Field.TRUNCATED, 1L)
            .set(Field.ATTRIBUTES, "{\"a\":{\"b\":1.50}}")
            .build();
    Path file = write(List.of(List.of(full), List.<Event>of(), List.of(event(8))).iterator());

    assertThat(query("SELECT column_name FROM (DESCRIBE FROM '%s')".formatted(file)))
        .containsExactlyElementsOf(
            Stream.of(Field.values()).map(field -> List.of(field.jsonName())).toList());
    assertThat(
            query(
                "SELECT DISTINCT column_type FROM (DESCRIBE FROM '%s') ORDER BY 1".formatted(file)))
        .containsExactly(
            List.of("BIGINT"),
            List.of("BOOLEAN"),
            List.of("DOUBLE"),
            List.of("TIMESTAMP WITH TIME ZONE"),
            List.of("VARCHAR"));
    assertThat(
            query(
                ("SELECT event_id, epoch_us(timestamp), epoch_us(received_at), message, duration_ms,"
                        + " retries, truncated, attributes, host FROM '%s'")
                    .formatted(file)))
        .containsExactly(
            List.of(
                "e\u0000ü",
                Long.toString(TIME),
                "-1",
                "a \"b\"\nc",
                "1.25",
                "3",
                "true",
                "{\"a\":{\"b\":1.50}}",
                "null"),
            List.of(
                "e-8",
                Long.toString(TIME + 8),
                Long.toString(TIME + 8),
                "null",
                "null",
                "null",
                "null",
                "null",
                "null"));
  }

  @Test
  void manyRowGroupsKeepTheOrder() throws Exception {
    Path file = write(pages(300));
    assertThat(
            query(
                ("SELECT count(*), bool_and(event_id = 'e-' || file_row_number),"
                        + " (SELECT count(DISTINCT row_group_id) FROM parquet_metadata('%1$s'))"
                        + " FROM read_parquet('%1$s', file_row_number = true)")
                    .formatted(file)))
        .containsExactly(List.of("300000", "true", "3"));
  }

  @Test
  void noEventsAreAFileWithoutRows() throws Exception {
    Path file = write(List.<List<Event>>of().iterator());
    assertThat(query("SELECT count(*) FROM '%s'".formatted(file))).containsExactly(List.of("0"));
  }

  @Test
  void bytesComeLongBeforeTheLastEventWasRead() {
    AtomicInteger read = new AtomicInteger();
    Iterator<List<Event>> pages = pages(1_000);
    Iterator<List<Event>> counted =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return pages.hasNext();
          }

          @Override
          public List<Event> next() {
            read.incrementAndGet();
            return pages.next();
          }
        };
    List<Integer> readAtTheFirstByte = new ArrayList<>();
    writer.write(
        counted,
        bytes -> {
          if (readAtTheFirstByte.isEmpty() && bytes.length > 4) {
            readAtTheFirstByte.add(read.get());
          }
        });
    assertThat(readAtTheFirstByte.getFirst()).isLessThan(500);
  }

  @Test
  void whoeverTakesTheBytesCanEndIt() {
    AtomicInteger asked = new AtomicInteger();
    Iterator<List<Event>> endless =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return true;
          }

          @Override
          public List<Event> next() {
            int page = asked.getAndIncrement();
            return IntStream.range(0, 1_000).mapToObj(i -> event(page * 1_000 + i)).toList();
          }
        };
    IllegalStateException gone = new IllegalStateException("gone");
    assertThatThrownBy(() ->
            writer.write(
                endless,
                bytes -> {
                  throw gone;
                }))
        .isSameAs(gone);
    int then = asked.get();
    assertThat(asked).as("no page is asked for any more").hasValue(then);
  }

  @Test
  void whatThePagesThrowComesOutAndNoFooterWasWritten() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StoreException failure = new StoreException("the store is away");
    Iterator<List<Event>> pages = pages(400);
    Iterator<List<Event>> failing =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            if (!pages.hasNext()) {
              throw failure;
            }
            return true;
          }

          @Override
          public List<Event> next() {
            return pages.next();
          }
        };
    assertThatThrownBy(() -> writer.write(failing, bytes::writeBytes)).isSameAs(failure);
    assertThat(bytes.toString(java.nio.charset.StandardCharsets.ISO_8859_1))
        .startsWith("PAR1")
        .doesNotEndWith("PAR1");
  }

  /** 400 MB of text in pages of 16 MB: far more than a row group, or the memory, may have. */
  @Test
  void largeEventsStayWithinTheMemory() throws Exception {
    Random random = new Random(1);
    Iterator<List<Event>> pages =
        IntStream.range(0, 25)
            .mapToObj(page ->
                IntStream.range(0, 64)
                    .mapToObj(i ->
                        Event.at(page * 64 + i)
                            .set(Field.EVENT_ID, "e-" + (page * 64 + i))
                            .set(Field.PROJECT_ID, "p")
                            .set(Field.STACK_TRACE, random.nextInt(10) + "x".repeat(256 << 10))
                            .build())
                    .toList())
            .iterator();
    Path file = write(pages);
    assertThat(query("SELECT count(*), sum(length(stack_trace)) FROM '%s'".formatted(file)))
        .containsExactly(List.of("1600", Long.toString(1_600L * ((256 << 10) + 1))));
  }
}
