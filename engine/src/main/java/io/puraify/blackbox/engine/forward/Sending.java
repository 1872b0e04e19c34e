package io.puraify.blackbox.engine.forward;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.puraify.blackbox.engine.outgoing.HttpPost;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends items to a destination, in as many requests as it takes: several at once where it bears
 * that, and in halves where they are too large. Used by one thread at a time.
 */
final class Sending implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Sending.class);

  /** Of what the other side says, in a log. */
  private static final int MOST_CHARACTERS = 300;

  private final String name;
  private final Destination destination;
  private final Map<Ruling, Counter> requests = new EnumMap<>(Ruling.class);
  private final AtomicBoolean refusalIsKnown = new AtomicBoolean();
  private final ExecutorService threads;

  Sending(String name, Destination destination, MeterRegistry registry) {
    this.name = name;
    this.destination = destination;
    this.threads =
        Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("forward-" + name + "-", 0).factory());
    for (Ruling ruling : Ruling.values()) {
      requests.put(
          ruling,
          Counter.builder("blackbox.forward.requests")
              .description("Requests to a destination")
              .tag("destination", name)
              .tag("outcome", ruling.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
  }

  /**
   * Sends items and waits for all answers.
   *
   * @param items as many as the destination's requests take together
   */
  Sent send(List<byte[]> items) throws InterruptedException {
    List<List<byte[]>> parts = parts(items);
    if (parts.size() == 1) {
      return request(parts.getFirst());
    }
    List<Callable<Sent>> calls = new ArrayList<>();
    parts.forEach(part -> calls.add(() -> request(part)));
    Sent sent = new Sent(0, 0, null);
    for (Future<Sent> answered : threads.invokeAll(calls)) {
      try {
        sent = sent.and(answered.get());
      } catch (ExecutionException e) {
        throw new IllegalStateException("a request to %s failed".formatted(name), e.getCause());
      }
    }
    return sent;
  }

  private List<List<byte[]>> parts(List<byte[]> items) {
    Destination.Capacity capacity = destination.capacity();
    List<List<byte[]>> parts = new ArrayList<>();
    List<byte[]> part = new ArrayList<>();
    long bytes = 0;
    for (byte[] item : items) {
      if (part.size() == capacity.items()
          || !part.isEmpty() && bytes + item.length > capacity.bytes()) {
        parts.add(part);
        part = new ArrayList<>();
        bytes = 0;
      }
      part.add(item);
      bytes += item.length;
    }
    parts.add(part);
    return parts;
  }

  private Sent request(List<byte[]> items) throws InterruptedException {
    HttpPost.Reply reply = destination.send(items);
    Ruling ruling = Ruling.of(reply.status(), items.size());
    Objects.requireNonNull(requests.get(ruling)).increment();
    return switch (ruling) {
      case TAKEN -> new Sent(items.size(), 0, null);
      case TOO_LARGE -> {
        int half = items.size() / 2;
        Sent first = request(items.subList(0, half));
        yield first.trouble() != null
            ? first
            : first.and(request(items.subList(half, items.size())));
      }
      case REFUSED -> {
        // Once: if it refuses one, it may refuse thousands.
        if (refusalIsKnown.compareAndSet(false, true)) {
          log.warn(
              "{} refuses {} events for good, and they are not sent again; further ones are only"
                  + " counted: {}",
              name,
              items.size(),
              brief(reply.answer().text()));
        }
        yield new Sent(0, items.size(), null);
      }
      case LATER -> new Sent(0, 0, reply.answer());
    };
  }

  static String brief(String said) {
    return said.length() <= MOST_CHARACTERS ? said : said.substring(0, MOST_CHARACTERS) + " …";
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
