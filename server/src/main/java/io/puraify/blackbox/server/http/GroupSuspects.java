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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Which changes may be to blame for groups of errors. Safe for any thread. */
final class GroupSuspects {

  /** Pages ask every few seconds; what is to blame does not change so fast. */
  private static final Duration KEPT = Duration.ofMinutes(1);

  /** As many groups as people look at in a minute. */
  private static final int MOST_KEPT = 500;

  private final Suspects suspects;
  private final InstantSource clock;
  private final KeptAnswers<Asked, Suspects.Answer> answers;

  GroupSuspects(EventStore store, Blocking blocking, InstantSource clock) {
    this.suspects = new Suspects(store);
    this.clock = clock;
    this.answers = new KeptAnswers<>(blocking, clock, MOST_KEPT);
  }

  /** A group, which is asked about in another time when it is no longer new. */
  private record Asked(String group, boolean asNew) {
    static Asked of(GroupView group) {
      return new Asked(group.id(), isNew(group));
    }
  }

  /** Whether somebody wants to know what is to blame: the group is news. */
  static boolean isNews(GroupView group) {
    return switch (group.state()) {
      case NEW, REGRESSED, ESCALATING -> true;
      case ONGOING, ARCHIVED, RESOLVED -> false;
    };
  }

  /** Judges the changes around the time when a group was seen, at most a minute ago. */
  Suspects.Answer answer(GroupView.Details details) {
    return answers.now(Asked.of(details.group()), KEPT, () -> judged(details));
  }

  /**
   * The same, worked out beside the requests.
   *
   * @param details of the group, asked for when it is its turn; fails without any
   */
  CompletableFuture<Suspects.Answer> later(
      GroupView group, Supplier<Optional<GroupView.Details>> details) {
    return answers.later(Asked.of(group), KEPT, () -> judged(details.get().orElseThrow()));
  }

  private Suspects.Answer judged(GroupView.Details details) {
    long seen = seenMicros(details.group());
    return suspects.answer(SuspectsRequest.around(errors(details), seen, clock.instant()));
  }

  /** When its error was new, or was seen last. */
  private static long seenMicros(GroupView group) {
    return isNew(group) ? group.first().micros() : group.last().micros();
  }

  private static boolean isNew(GroupView group) {
    return group.state() == GroupState.NEW;
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
