package io.puraify.blackbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * What was sent to a data folder and what of it was acknowledged, to be compared with what is
 * found. Safe for any thread.
 */
final class Ledger {

  /** The position of an event is in the lowest bits of the id that it was given. */
  private static final long POSITION_MASK = (1L << 48) - 1;

  private final Set<String> sent = new HashSet<>();
  private final Set<String> acknowledged = new HashSet<>();

  private long passingSent;
  private long passingAcknowledged;

  /** These are on their way: each may be found once, or not at all. */
  synchronized void sent(Collection<SentEvent> events) {
    for (SentEvent event : events) {
      if (event.passing()) {
        passingSent++;
      } else {
        sent.add(event.name());
      }
    }
  }

  /** These are safe: each must be found, once; those that pass need not. */
  synchronized void acknowledged(Collection<SentEvent> events) {
    for (SentEvent event : events) {
      if (event.passing()) {
        passingAcknowledged++;
      } else {
        acknowledged.add(event.name());
      }
    }
  }

  synchronized long acknowledged() {
    return acknowledged.size();
  }

  /**
   * Compares with everything that a server has, which must have stored all that is safe; waits for
   * the groups of errors, which stand back.
   *
   * @return how many events it has
   */
  long check(Client client) throws Exception {
    client.awaitGroups();
    Found found = new Found();
    client.readAll(found::add, "project_id", SentEvent.PROJECT);
    assertThat(found.wrong).as("found, but not once as it was sent").isEmpty();
    assertComplete(found.names);
    long positions = client.journalEnd();
    assertEveryPositionIsAnEvent(positions, found.names.size());
    assertThat(client.calls("&project_id=" + SentEvent.PROJECT))
        .as("calls in the rollups of the project")
        .isEqualTo(found.names.size());
    assertThat(client.calls("")).as("calls in all rollups").isEqualTo(positions);
    assertThat(client.errors(SentEvent.PROJECT))
        .as("errors in the groups of the project")
        .isEqualTo(found.names.stream().filter(SentEvent::isError).count());
    return found.names.size();
  }

  private synchronized void assertComplete(Set<String> found) {
    List<String> missing = acknowledged.stream().filter(name -> !found.contains(name)).toList();
    assertThat(missing).as("acknowledged, but not found").isEmpty();
    List<String> unknown = found.stream().filter(name -> !sent.contains(name)).toList();
    assertThat(unknown).as("found, but never sent").isEmpty();
  }

  /** The journal gives each event a position: as many as are found, and as have passed. */
  private synchronized void assertEveryPositionIsAnEvent(long positions, long found) {
    assertThat(positions - found)
        .as("positions without an event that is found")
        .isBetween(passingAcknowledged, passingSent);
  }

  /** What reading all pages has shown. */
  private static final class Found {
    final Set<String> names = new HashSet<>();
    final Set<String> ids = new HashSet<>();
    final Set<Long> positions = new HashSet<>();
    final List<String> wrong = new ArrayList<>();

    void add(JsonNode event) {
      String name = event.path("trace_id").asString("");
      String id = event.path("event_id").asString("");
      boolean newName = names.add(name);
      boolean newId = ids.add(id);
      if (!newName || !newId || !SentEvent.isWhole(event) || !isAtItsPlace(name, id)) {
        wrong.add(event.toString());
      }
    }

    /** An id that the sender gave says nothing of a position; one that was assigned does. */
    private boolean isAtItsPlace(String name, String id) {
      boolean given = id.equals(name) || id.contains("/");
      return given || positions.add(UUID.fromString(id).getLeastSignificantBits() & POSITION_MASK);
    }
  }
}
