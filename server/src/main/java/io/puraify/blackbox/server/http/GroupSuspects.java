package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.engine.deployments.Suspects;
import io.puraify.blackbox.engine.deployments.SuspectsRequest;
import io.puraify.blackbox.engine.errors.GroupState;
import io.puraify.blackbox.engine.errors.GroupView;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which changes may be to blame for a group of errors. Safe for any thread; two that ask for the
 * same group at once may both count.
 */
final class GroupSuspects {

  /** Pages ask every few seconds; what is to blame does not change so fast. */
  private static final Duration KEPT = Duration.ofMinutes(1);

  /** As many groups as people look at in a minute. */
  private static final int MOST_KEPT = 200;

  private final Suspects suspects;
  private final InstantSource clock;
  private final LinkedHashMap<String, Kept> answers = new LinkedHashMap<>();

  GroupSuspects(EventStore store, InstantSource clock) {
    this.suspects = new Suspects(store);
    this.clock = clock;
  }

  /** An answer for the errors up to a time. */
  private record Kept(Suspects.Answer answer, long seenMicros, Instant until) {}

  /** Judges the changes around the time when a group was seen, at most a minute ago. */
  Suspects.Answer answer(GroupView.Details details) {
    String id = details.group().id();
    Instant now = clock.instant();
    long seen = seenMicros(details.group());
    Kept kept = kept(id);
    if (kept != null && kept.seenMicros() == seen && now.isBefore(kept.until())) {
      return kept.answer();
    }
    Suspects.Answer answer = suspects.answer(SuspectsRequest.around(errors(details), seen, now));
    keep(id, new Kept(answer, seen, now.plus(KEPT)));
    return answer;
  }

  private @Nullable Kept kept(String id) {
    synchronized (answers) {
      return answers.get(id);
    }
  }

  private void keep(String id, Kept kept) {
    synchronized (answers) {
      answers.remove(id);
      answers.put(id, kept);
      if (answers.size() > MOST_KEPT) {
        answers.pollFirstEntry();
      }
    }
  }

  /** When its error was new, or was seen last. */
  private static long seenMicros(GroupView group) {
    return group.state() == GroupState.NEW ? group.first().micros() : group.last().micros();
  }

  /** The errors of a group, as closely as a filter means them. */
  private static Filter errors(GroupView.Details details) {
    GroupView group = details.group();
    List<Filter> filters = new ArrayList<>(List.of(in(Field.PROJECT_ID, group.project())));
    add(filters, Field.ENGINE, group.culprit().engine());
    add(filters, Field.PLATFORM, group.culprit().platform());
    add(filters, Field.ACTION, group.culprit().action());
    Set<String> types =
        details.fields().getOrDefault(Field.ERROR_TYPE.jsonName(), Map.of()).keySet();
    if (!types.isEmpty() && !types.contains(GroupView.OTHER)) {
      filters.add(new Filter.In(new FieldRef.Known(Field.ERROR_TYPE), types));
    }
    return new Filter.And(filters);
  }

  private static void add(List<Filter> filters, Field field, String value) {
    if (!value.isEmpty()) {
      filters.add(in(field, value));
    }
  }

  private static Filter in(Field field, String value) {
    return new Filter.In(new FieldRef.Known(field), Set.of(value));
  }
}
