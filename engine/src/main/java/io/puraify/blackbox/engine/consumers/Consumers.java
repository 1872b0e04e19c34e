package io.puraify.blackbox.engine.consumers;

import io.micrometer.core.instrument.MeterRegistry;
import io.puraify.blackbox.core.Health;
import io.puraify.blackbox.core.JournalConsumer;
import io.puraify.blackbox.core.Position;
import io.puraify.blackbox.journal.Journal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * All durable consumers of the journal. What every one of them has applied, the journal forgets.
 * Safe for any thread.
 */
public final class Consumers implements AutoCloseable {

  /** The name of the consumer that makes events searchable. */
  public static final String EVENT_STORE = "event_store";

  private final Journal journal;
  private final Map<String, ConsumerPump> pumps = new LinkedHashMap<>();

  public Consumers(Journal journal, List<JournalConsumer> consumers, MeterRegistry registry) {
    this.journal = journal;
    for (JournalConsumer consumer : consumers) {
      pumps.put(consumer.name(), new ConsumerPump(journal, consumer, registry, this::trim));
    }
  }

  /** Begins to feed them. */
  public void start() {
    pumps.values().forEach(ConsumerPump::start);
    // What was applied just before a crash may fill the journal, and then nothing new comes.
    trim();
  }

  /**
   * Completes when the consumer has applied everything below a position, and fails when it is
   * closed before; hurries it. Who waits no longer lets it fail, so that it is forgotten.
   */
  public CompletableFuture<Void> reached(String consumer, Position position) {
    ConsumerPump pump = pumps.get(consumer);
    if (pump == null) {
      throw new IllegalArgumentException("there is no consumer called " + consumer);
    }
    return pump.reached(position);
  }

  /** The same for several, of which some may not be there. */
  public CompletableFuture<Void> reached(Set<String> names, Position position) {
    CompletableFuture<?>[] each =
        pumps.entrySet().stream()
            .filter(pump -> names.contains(pump.getKey()))
            .map(pump -> pump.getValue().reached(position))
            .toArray(CompletableFuture[]::new);
    CompletableFuture<Void> all = CompletableFuture.allOf(each);
    var _ =
        all.whenComplete((_, _) -> {
          for (CompletableFuture<?> one : each) {
            one.cancel(false);
          }
        });
    return all;
  }

  /** How each consumer does, by name. */
  public Map<String, Health> check() {
    Map<String, Health> health = new LinkedHashMap<>();
    pumps.forEach((name, pump) -> health.put(name, pump.check()));
    return health;
  }

  private void trim() {
    long lowest =
        pumps.values().stream()
            .mapToLong(pump -> pump.consumer().position().value())
            .min()
            .orElse(0);
    journal.trim(lowest);
  }

  /** Lets each apply what it has at hand and stops. Closing twice is fine. */
  @Override
  public void close() {
    pumps.values().forEach(ConsumerPump::stop);
    pumps.values().forEach(ConsumerPump::close);
  }
}
