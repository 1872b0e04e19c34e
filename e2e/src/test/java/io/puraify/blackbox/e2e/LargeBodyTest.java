package io.puraify.blackbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A body of any length is taken as it comes; {@code -De2e.body=2g} sets the length. */
class LargeBodyTest {

  private static final long BODY_BYTES = bytes(System.getProperty("e2e.body", "300m"));

  /** Resident; DESIGN's bar for a server under load. */
  private static final long MOST_RESIDENT = 1_500_000_000;

  /** A shorter body than this does not even fill the heap for the first time. */
  private static final long LONG_BODY = 1_500_000_000;

  private static final double NEXT_TO_NO_GROWTH = 1.2;

  private static final long SAMPLE_MILLIS = 100;

  @TempDir private Path folder;

  private static long bytes(String size) {
    long number = Long.parseLong(size.substring(0, size.length() - 1));
    return switch (size.charAt(size.length() - 1)) {
      case 'm' -> number * 1_000_000;
      case 'g' -> number * 1_000_000_000;
      default -> throw new IllegalArgumentException("-De2e.body is 300m or 2g, not " + size);
    };
  }

  @Test
  void memoryDoesNotGrowWithTheBody() throws Exception {
    EventStream body = new EventStream(BODY_BYTES);
    try (ServerProcess server = ServerProcess.start(Setup.in(folder).forLongWork());
        Client client = Client.of(server)) {
      List<Long> resident = new ArrayList<>();
      Thread watch = Thread.ofPlatform().start(() -> watch(server, resident));

      Answer answer = client.postStored(Client.NDJSON, BodyPublishers.ofInputStream(() -> body));
      watch.interrupt();
      watch.join();

      answer.recorded(body.events());
      long first = most(resident.subList(0, resident.size() / 2));
      long second = most(resident.subList(resident.size() / 2, resident.size()));
      System.out.printf(
          "%,d events in %,d bytes; resident at most %,d, then %,d bytes%n",
          body.events(), BODY_BYTES, first, second);
      assertThat(Math.max(first, second)).isLessThan(MOST_RESIDENT);
      if (BODY_BYTES >= LONG_BODY) {
        assertThat((double) second / first).isLessThan(NEXT_TO_NO_GROWTH);
      }
      for (long number : List.of(0L, body.events() / 2, body.events() - 1)) {
        assertThat(client.search("trace_id", EventStream.traceId(number)).logs("user_id"))
            .containsExactly(EventStream.userId(number));
      }
      client.assertServerGoesOn();
    }
  }

  private static void watch(ServerProcess server, List<Long> resident) {
    try {
      while (true) {
        resident.add(server.residentBytes());
        Thread.sleep(SAMPLE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long most(List<Long> samples) {
    return samples.stream().mapToLong(Long::longValue).max().orElseThrow();
  }
}
