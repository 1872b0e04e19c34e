package io.puraify.blackbox.engine.tail;

import static io.puraify.blackbox.engine.NumberedEvents.block;
import static io.puraify.blackbox.engine.NumberedEvents.messages;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.EventBlockBuilder;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Position;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.journal.Journal;
import io.puraify.blackbox.journal.JournalOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveTailTest {

  private static final Duration LONG = Duration.ofMinutes(2);
  private static final int MAX_READERS = 10;

  @TempDir Path folder;
  private Journal journal;
  private LiveTail tail;

  @BeforeEach
  void open() {
    journal = new Journal(JournalOptions.in(folder));
    journal.start();
    tail = new LiveTail(journal, MAX_READERS, new SimpleMeterRegistry());
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
      assertThat(taken(reader, 490)).isEqualTo(messages(10, 500));
    }
  }

  @Test
  void readersThatComeAndGoMissNothingBetweenTheirOpeningAndTheirEnd() throws Exception {
    int at = 0;
    for (int i = 0; i < 50; i++) {
      append(at, at + 1);
      try (TailReader reader = tail.open(Filter.ALL)) {
        append(at + 1, at + 3);
        assertThat(taken(reader, 2)).isEqualTo(messages(at + 1, at + 3));
      }
      at += 3;
    }
  }

  @Test
  void thereAreOnlySoManyReadersUntilOneGoes() {
    List<TailReader> readers = new ArrayList<>();
    for (int i = 0; i < MAX_READERS; i++) {
      readers.add(tail.open(Filter.ALL));
    }
    assertThatThrownBy(() -> tail.open(Filter.ALL))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> assertThat(refused.problem().type()).isEqualTo("too-many-readers"));

    readers.getFirst().close();
    readers.add(tail.open(Filter.ALL));
    readers.forEach(TailReader::close);
  }

  @Test
  void anEventIsDecodedAndWrittenOutOnceForAllReaders() throws Exception {
    AtomicInteger written = new AtomicInteger();
    try (TailReader one = tail.open(Filter.ALL);
        TailReader other = tail.open(Filter.ALL)) {
      append(0, 1);
      TailEvent forOne = one.next(LONG).events().getFirst();
      TailEvent forOther = other.next(LONG).events().getFirst();

      assertThat(forOne).isSameAs(forOther);
      for (TailEvent event : List.of(forOne, forOther)) {
        byte[] text =
            event.text(it -> {
              written.incrementAndGet();
              return it.eventId().getBytes(StandardCharsets.UTF_8);
            });
        assertThat(text).isNotEmpty();
      }
      assertThat(written).hasValue(1);
    }
  }

  @Test
  void eachReaderSeesWhatItsFilterWants() throws Exception {
    try (TailReader some = tail.open(messageIs("3", "7"));
        TailReader all = tail.open(Filter.ALL)) {
      append(0, 9);
      assertThat(taken(all, 9)).isEqualTo(messages(0, 9));
      assertThat(taken(some, 2)).containsExactly("3", "7");
    }
  }

  @Test
  void aSlowReaderIsToldHowManyEventsItMissesAndHoldsUpNobody() throws Exception {
    int events = TailReader.MAX_WAITING + 300;
    try (TailReader slow = tail.open(Filter.ALL);
        TailReader quick = tail.open(Filter.ALL)) {
      for (int at = 0; at < events; at += 100) {
        append(at, at + 100);
        assertThat(taken(quick, 100)).isEqualTo(messages(at, at + 100));
      }
      TailReader.Batch batch = slow.next(LONG);
      assertThat(batch.leftOut()).isEqualTo(300);
      assertThat(batch.events()).hasSize(TailReader.MAX_WAITING);
      assertThat(batch.events().getFirst().event().text(Field.MESSAGE)).isEqualTo("300");
      assertThat(slow.next(Duration.ZERO).isEmpty()).isTrue();
    }
  }

  @Test
  void largeEventsThatWaitAreBoundedByTheirBytes() throws Exception {
    try (TailReader slow = tail.open(Filter.ALL);
        TailReader quick = tail.open(messageIs("last"))) {
      byte[] large = new byte[1 << 20];
      Arrays.fill(large, (byte) 'x');
      for (int i = 0; i < 20; i++) {
        journal.append(single(large), 1).join();
      }
      journal.append(single("last".getBytes(StandardCharsets.UTF_8)), 1).join();
      assertThat(taken(quick, 1)).containsExactly("last");
      TailReader.Batch batch = slow.next(LONG);
      assertThat(batch.leftOut() + batch.events().size()).isEqualTo(21);
      assertThat(batch.events().stream().mapToLong(event -> event.event().approximateBytes()).sum())
          .isLessThanOrEqualTo(TailReader.MAX_WAITING_BYTES);
    }
  }

  @Test
  void aRecordThatCannotBeReadIsToldOfAndTheRestGoesOn() throws Exception {
    try (TailReader reader = tail.open(Filter.ALL)) {
      journal.append(new byte[] {1, 2, 3}, 5).join();
      // Nothing of what fails is offered; the tail goes on behind it.
      Thread.sleep(1_000);
      append(0, 3);
      assertThat(taken(reader, 3)).isEqualTo(messages(0, 3));
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

  private static List<String> taken(TailReader reader, int count) throws InterruptedException {
    List<String> taken = new ArrayList<>();
    while (taken.size() < count) {
      TailReader.Batch batch = reader.next(LONG);
      assertThat(batch.isEmpty()).as("only %s came", taken).isFalse();
      for (TailEvent next : batch.events()) {
        Event event = next.event();
        taken.add(event.text(Field.MESSAGE));
      }
    }
    return taken;
  }

  private void append(int from, int to) {
    journal.append(block(from, to), to - from).join();
  }

  private static Filter messageIs(String... messages) {
    return new Filter.In(new FieldRef.Known(Field.MESSAGE), Set.of(messages));
  }

  private static byte[] single(byte[] message) {
    EventBlockBuilder builder = new EventBlockBuilder();
    builder.text(Field.MESSAGE, message, 0, message.length);
    builder.endRow();
    return builder.seal(0);
  }
}
