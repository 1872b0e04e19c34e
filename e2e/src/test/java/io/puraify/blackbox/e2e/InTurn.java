package io.puraify.blackbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;

/**
 * Sends what is numbered from 0 on, one after the other through any number of crashes: the next one
 * when the one before is acknowledged. So what there is must be the first so many, and at most one
 * is in doubt. Used by one thread at a time.
 */
final class InTurn {

  /** What is sent. */
  interface Sending {

    /**
     * Sends one, and checks the answer.
     *
     * @param known whether it is there already, since a crash kept it from being answered
     * @return whether it is acknowledged; {@code false} where it is to be sent again
     * @throws UncheckedIOException where there is no answer
     */
    boolean send(Client client, int number, boolean known);
  }

  /** Leaves the processors to the server, which is what is tested. */
  private static final long PAUSE_MILLIS = 10;

  private final Sending sending;

  /** Written by the thread that sends; others may look on. */
  private volatile int acknowledged;

  private int sent;
  private int found;

  InTurn(Sending sending) {
    this.sending = sending;
  }

  int acknowledged() {
    return acknowledged;
  }

  /** As many as are acknowledged, or one more that is in doubt. */
  int sent() {
    return sent;
  }

  /** Compares with how many a server has, which becomes what is known of it. */
  void check(String what, int nowFound) {
    assertThat(nowFound).as("how many %s are found", what).isBetween(acknowledged, sent);
    found = nowFound;
  }

  /** Sends until the server is gone, which has to be soon. */
  void sendUntilGone(ServerProcess server) throws InterruptedException {
    long deadline = System.nanoTime() + Patience.LONG.toNanos();
    try (Client client = Client.of(server)) {
      while (System.nanoTime() < deadline) {
        sent = acknowledged + 1;
        if (sending.send(client, acknowledged, acknowledged < found)) {
          acknowledged = sent;
        }
        Thread.sleep(PAUSE_MILLIS);
      }
      throw new AssertionError(
          "after %s under load it should have died: %s".formatted(Patience.LONG, server));
    } catch (UncheckedIOException e) {
      // The only reason that there may be.
      assertThat(server.exit()).as("%s, though %s", e, server).isEqualTo(ServerProcess.KILLED);
    }
  }
}
