package io.puraify.blackbox.engine.replay;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Made-up sessions, the same for each seed. */
final class RandomSession {

  private static final List<String> STATUSES = List.of("success", "error", "timeout", "retry", "");

  private final SplittableRandom random;
  private final String project;
  private final String id;

  RandomSession(long seed, String project, String id) {
    this.random = new SplittableRandom(seed);
    this.project = project;
    this.id = id;
  }

  /** Events with times that go up and down and are often the same. */
  List<Event> events(long firstPosition, int count, int actions) {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Event.Builder event =
          Event.at(firstPosition + i)
              .set(Field.PROJECT_ID, project)
              .set(Field.SESSION_ID, id)
              .set(Field.EVENT_ID, id + "-" + i)
              .set(Field.TIMESTAMP, 1_000_000L * (1 + random.nextInt(Math.max(1, count / 2))))
              .set(Field.RECEIVED_AT, 0L)
              .set(Field.ACTION, "a" + random.nextInt(actions))
              .set(Field.STATUS, STATUSES.get(random.nextInt(STATUSES.size())));
      if (random.nextInt(4) > 0) {
        event.set(Field.ENGINE, "e" + random.nextInt(3));
        event.set(Field.USER_ID, "u" + random.nextInt(3));
      }
      if (random.nextInt(8) == 0) {
        event.set(Field.ERROR_TYPE, "odd").set(Field.RETRIES, (long) random.nextInt(3));
      }
      if (random.nextBoolean()) {
        event.set(Field.DURATION_MS, random.nextDouble(5_000));
      }
      events.add(event.build());
    }
    return events;
  }

  static List<ReplayEvent> lean(List<Event> events) {
    Map<String, String> labels = new HashMap<>();
    return events.stream().map(event -> ReplayEvent.of(event, labels)).toList();
  }
}
