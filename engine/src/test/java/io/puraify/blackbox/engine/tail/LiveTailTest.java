package io.puraify.blackbox.engine.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.EventBlockBuilder;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Position;
import io.puraify.blackbox.journal.Journal;
import io.puraify.blackbox.journal.JournalOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveTailTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir Path folder;
  private Journal journal;
  private LiveTail tail;

  @BeforeEach
  void open() {
    journal = new Journal(JournalOptions.in(folder));
    journal.start();
    tail = new LiveTail(journal, new SimpleMeterRegistry());
    tail.start();
  }

  @AfterEach
  void close() {
    tail.close();
    journal.close();
  }

  @Test
  void aReaderSeesWhatComesFromItsOpeningOnInOrder() throws Exception {
    append(0, 10);
    try (TailReader reader = tail.open(Filter.ALL)) {
      assertThat(reader.start()).isEqualTo(new Position(10));
      append(10, 500);
      assertThat(messages(reader, 490)).isEqualTo(numbers(10, 500));
    }
  }

  @Test
  void readersThatComeAndGoMissNothingBetweenTheirOpeningAndTheirEnd() throws Exception {
    int at = 0;
    for (int i = 0; i < 50; i++) {
      append(at, at + 1);
      try (TailReader reader = tail.open(Filter.ALL)) {
        append(at + 1, at + 3);
        assertThat(messages(reader, 2)).isEqualTo(numbers(at + 1, at + 3));
      }
      at += 3;
    }
  }

  @Test
  void eachReaderSeesWhatItsFilterWants() throws Exception {
    Filter wanted = new Filter.In(new FieldRef.Known(Field.MESSAGE), Set.of("3", "7"));
    try (TailReader some = tail.open(wanted);
        TailReader all = tail.open(Filter.ALL)) {
      append(0, 9);
      assertThat(messages(all, 9)).isEqualTo(numbers(0, 9));
      assertThat(messages(some, 2)).containsExactly("3", "7");
    }
  }

  @Test
  void aSlowReaderIsToldHowManyEventsItMissesAndHoldsUpNobody() throws Exception {
    int events = TailReader.MAX_WAITING + 300;
    try (TailReader slow = tail.open(Filter.ALL);
        TailReader quick = tail.open(Filter.ALL)) {
      for (int at = 0; at < events; at += 100) {
        append(at, at + 100);
        assertThat(messages(quick, 100)).isEqualTo(numbers(at, at + 100));
      }
      TailReader.Batch batch = slow.next(LONG);
      assertThat(batch.leftOut()).isEqualTo(300);
      assertThat(batch.events()).hasSize(TailReader.MAX_WAITING);
      assertThat(batch.events().getFirst().text(Field.MESSAGE)).isEqualTo("300");
      assertThat(slow.next(Duration.ZERO).isEmpty()).isTrue();
    }
  }

  @Test
  void whatNobodyCanLookAtIsCounted() throws Exception {
    int events = 3 * LiveTail.MAX_BEHIND;
    try (TailReader reader = tail.open(Filter.ALL)) {
      // One group: the tail meets all of it at once.
      for (int at = 0; at < events; at += 1_000) {
        var _ = journal.append(block(at, at + 1_000), 1_000);
      }
      append(events, events + 1);
      long seen = 0;
      while (seen <= events) {
        TailReader.Batch batch = reader.next(LONG);
        assertThat(batch.isEmpty()).isFalse();
        seen += batch.events().size() + batch.leftOut() + batch.unseen();
      }
      assertThat(seen).isEqualTo(events + 1);
    }
  }

  @Test
  void closingTheTailEndsItsReaders() throws Exception {
    TailReader before = tail.open(Filter.ALL);
    tail.close();
    assertThat(before.next(LONG).isEmpty()).isTrue();
    assertThat(before.isClosed()).isTrue();
    assertThat(tail.open(Filter.ALL).isClosed()).isTrue();
  }

  private static List<String> messages(TailReader reader, int count) throws InterruptedException {
    List<String> messages = new ArrayList<>();
    while (messages.size() < count) {
      TailReader.Batch batch = reader.next(LONG);
      assertThat(batch.isEmpty()).as("only %s came", messages).isFalse();
      for (Event event : batch.events()) {
        messages.add(event.text(Field.MESSAGE));
      }
    }
    return messages;
  }

  private void append(int from, int to) {
    journal.append(block(from, to), to - from).join();
  }

  private static byte[] block(int from, int to) {
    EventBlockBuilder builder = new EventBlockBuilder();
    for (int i = from; i < to; i++) {
      byte[] message = Integer.toString(i).getBytes(StandardCharsets.UTF_8);
      builder.text(Field.MESSAGE, message, 0, message.length);
      builder.endRow();
    }
    return builder.seal(0);
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(Integer::toString).toList();
  }
}
