package io.puraify.blackbox.engine.consumers;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.EventBlockBuilder;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Order;
import io.puraify.blackbox.core.Page;
import io.puraify.blackbox.core.Position;
import io.puraify.blackbox.core.Search;
import io.puraify.blackbox.core.TimeRange;
import io.puraify.blackbox.journal.Journal;
import io.puraify.blackbox.journal.JournalOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventStoreConsumerTest {

  @TempDir Path folder;
  private final MemoryEventStore store = new MemoryEventStore();

  @Test
  void aStoreThatIsAwayOnlyLagsAndThenHasEverything() throws Exception {
    store.setAway(true);
    try (Journal journal = new Journal(JournalOptions.in(folder));
        Consumers consumers =
            new Consumers(
                journal, List.of(new EventStoreConsumer(store)), new SimpleMeterRegistry())) {
      journal.start();
      consumers.start();
      for (String message : new String[] {"a", "b", "c"}) {
        journal.append(block(message), 1).join();
      }
      CompletableFuture<Void> stored = consumers.reached("event_store", new Position(3));
      Thread.sleep(20);
      assertThat(stored).isNotDone();
      store.setAway(false);
      stored.get(120, SECONDS);
    }
    Filter notB = new Filter.Not(new Filter.In(new FieldRef.Known(Field.MESSAGE), Set.of("b")));
    Page<Event> page = store.search(new Search(notB, TimeRange.ALL, Order.NEWEST_FIRST, null, 10));
    assertThat(page.items()).extracting(e -> e.text(Field.MESSAGE)).containsExactly("c", "a");
    assertThat(store.position()).isEqualTo(new Position(3));
  }

  private static byte[] block(String message) {
    EventBlockBuilder builder = new EventBlockBuilder();
    byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    builder.text(Field.MESSAGE, bytes, 0, bytes.length);
    builder.integer(Field.TIMESTAMP, 1);
    builder.endRow();
    return builder.seal(1);
  }
}
