package io.puraify.blackbox.engine.forward;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.puraify.blackbox.engine.outgoing.Answer;
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
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends items to a destination, in as many requests as it takes: several at once where it bears
 * that, and in halves where they are too large or one of them is refused. Used by one thread at a
 * time.
 */
final class Sending implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Sending.class);

  /**
   * For the items of one request, cut in halves: to find one among a thousand takes 21. Where many
   * are refused, the rest has its turn the next time, so that one call does not last for minutes.
   */
  private static final int MOST_REQUESTS = 32;

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
   * Sends items and waits for all answers. Where not all are done with, there is trouble, or they
   * were cut into too many requests and the others can be sent at once.
   *
   * @param items as many as the destination's requests take together
   */
  Sent send(List<byte[]> items) throws InterruptedException {
    List<List<byte[]>> parts = parts(items);
    Sent sent = parts.size() == 1 ? requests(parts.getFirst()) : together(parts);
    if (sent.taken() > 0 && sent.refused() == 0) {
      refusalIsKnown.set(false);
    }
    return sent;
  }

  private Sent together(List<List<byte[]>> parts) throws InterruptedException {
    List<Callable<Sent>> calls = new ArrayList<>();
    parts.forEach(part -> calls.add(() -> requests(part)));
    Sent sent = new Sent(0, 0, null);
    int before = 0;
    List<Future<Sent>> answers = threads.invokeAll(calls);
    for (int number = 0; number < answers.size(); number++) {
      try {
        Sent next = answers.get(number).get();
        sent = sent.done() == before ? sent.and(next) : sent;
        before += parts.get(number).size();
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

  private Sent requests(List<byte[]> items) throws InterruptedException {
    return request(items, new AtomicInteger(MOST_REQUESTS));
  }

  private Sent request(List<byte[]> items, AtomicInteger left) throws InterruptedException {
    if (left.getAndDecrement() <= 0) {
      return new Sent(0, 0, null);
    }
    HttpPost.Reply reply = destination.send(items);
    Ruling ruling = Ruling.of(reply.status(), items.size());
    Objects.requireNonNull(requests.get(ruling)).increment();
    return switch (ruling) {
      case TAKEN -> new Sent(items.size(), 0, null);
      case TOO_LARGE, MIXED -> {
        int half = items.size() / 2;
        Sent first = request(items.subList(0, half), left);
        yield first.done() < half
            ? first
            : first.and(request(items.subList(half, items.size()), left));
      }
      case REFUSED -> {
        // Once until it takes some again: if it refuses one, it may refuse thousands.
        if (refusalIsKnown.compareAndSet(false, true)) {
          log.warn(
              "{} refuses an event for good, and it is not sent again; further ones are only"
                  + " counted until it takes all it is sent: {}",
              name,
              Answer.brief(reply.answer().text()));
        }
        yield new Sent(0, 1, null);
      }
      case LATER -> new Sent(0, 0, reply.answer());
    };
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
