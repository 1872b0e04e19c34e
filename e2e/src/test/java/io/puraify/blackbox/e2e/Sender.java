package io.puraify.blackbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sends events, one request after the other, through any number of crashes. Used by one thread at a
 * time.
 */
final class Sender {

  /** How a sender sends. */
  enum Kind {
    LINES(120, Names.NONE),
    LINES_WITH_IDS(120, Names.IDS),
    LINES_WITH_KEY(120, Names.KEY),
    SINGLE(1, Names.NONE),
    SINGLE_WITH_ID(1, Names.IDS),
    /** Of a project whose events are removed soon, for which files are written anew. */
    SINGLE_PASSING(1, Names.NONE);

    private final int most;
    private final Names names;

    Kind(int most, Names names) {
      this.most = most;
      this.names = names;
    }
  }

  /** What a repeat is known again by. */
  private enum Names {
    NONE,
    IDS,
    KEY
  }

  /** A request; {@code key} is there for those that have one. */
  private record Request(List<SentEvent> events, @Nullable String key) {}

  /** Leaves the processors to the server, which is what is tested. */
  private static final long PAUSE_MILLIS = 15;

  private final Kind kind;
  private final String name;
  private final Ledger ledger;
  private final RandomGenerator random;
  private int number;
  private @Nullable Request unanswered;

  /**
   * A sender that has sent nothing.
   *
   * @param name begins the names of its events, so is its alone
   */
  Sender(Kind kind, String name, Ledger ledger, RandomGenerator random) {
    this.kind = kind;
    this.name = name;
    this.ledger = ledger;
    this.random = random;
  }

  /**
   * Sends until the server is gone, which has to be soon. What was not answered is repeated the
   * next time.
   */
  void sendUntilGone(ServerProcess server) throws InterruptedException {
    long deadline = System.nanoTime() + Patience.LONG.toNanos();
    try (Client client = Client.of(server)) {
      while (System.nanoTime() < deadline) {
        send(client);
        Thread.sleep(PAUSE_MILLIS);
      }
      throw new AssertionError(
          "after %s under load it should have died: %s".formatted(Patience.LONG, server));
    } catch (UncheckedIOException e) {
      // The only reason that there may be.
      assertThat(server.exit()).as("%s, though %s", e, server).isEqualTo(ServerProcess.KILLED);
    }
  }

  private void send(Client client) {
    Request request = unanswered == null ? next() : unanswered;
    ledger.sent(request.events);
    // Without a name a repeat is another event.
    unanswered = kind.names == Names.NONE ? null : request;
    Answer answer = post(client, request);
    if (answer.status() == 503) {
      answer.unavailable("journal-full");
    } else {
      answer.recorded(request.events.size());
      ledger.acknowledged(request.events);
      unanswered = null;
    }
  }

  private Request next() {
    List<SentEvent> events = new ArrayList<>();
    int count = random.nextInt(1, kind.most + 1);
    for (int i = 0; i < count; i++) {
      events.add(
          new SentEvent(
              name + "-" + number++, kind.names == Names.IDS, kind == Kind.SINGLE_PASSING));
    }
    return new Request(events, kind.names == Names.KEY ? events.getFirst().name() : null);
  }

  private Answer post(Client client, Request request) {
    String body = request.events.stream().map(SentEvent::line).collect(Collectors.joining());
    String type = kind.most == 1 ? Client.JSON : Client.NDJSON;
    return request.key == null
        ? client.post(type, body)
        : client.post(type, body, "Idempotency-Key", request.key);
  }
}
