package io.puraify.blackbox.engine.deployments;

import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.TimeRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds out which changes may be to blame for an error. Safe for any thread. */
public final class Suspects {

  /** Deployments are few; settings and flows are changed all day. */
  private static final int MOST_DEPLOYMENTS = 1_000;

  private static final int MOST_OTHERS = 5_000;

  private final EventStore store;
  private final Changes changes;

  public Suspects(EventStore store) {
    this.store = store;
    this.changes = new Changes(store);
  }

  /**
   * What is thought of the changes in a range.
   *
   * @param suspicion with as many suspects as were asked for
   * @param considered how many changes were judged: all deployments of the range, and other changes
   *     until the onset
   * @param complete whether these are all; of very many, the newest are judged
   */
  public record Answer(TimeRange range, Suspicion suspicion, int considered, boolean complete) {}

  /** Judges the changes of a range. */
  public Answer answer(SuspectsRequest request) {
    TimeRange range = request.range();
    Optional<Filter> calls = Population.of(store, request.error(), range);
    if (calls.isEmpty()) {
      return new Answer(range, Suspicion.ABSENT, 0, true);
    }
    Observation observed = new Observer(store, range).observe(request.error(), calls.get());
    List<Change> all = new ArrayList<>();
    List<Change> deployed =
        changes.find(Filter.ALL, List.of(ChangeKind.DEPLOYMENT), range, MOST_DEPLOYMENTS);
    List<Change> others =
        changes.find(
            Filter.ALL,
            List.of(ChangeKind.CONFIGURATION, ChangeKind.BLUEPRINT),
            untilOnset(range, observed),
            MOST_OTHERS);
    all.addAll(deployed);
    all.addAll(others);
    all.addAll(changes.seen(Filter.ALL, range));
    Suspicion suspicion = Suspicion.of(observed, all);
    boolean complete = deployed.size() < MOST_DEPLOYMENTS && others.size() < MOST_OTHERS;
    return new Answer(range, suspicion.first(request.limit()), all.size(), complete);
  }

  /** What comes later is not to blame, and of settings there would be very many. */
  private static TimeRange untilOnset(TimeRange range, Observation observed) {
    long onset =
        Shift.find(observed)
            .or(() -> Shift.fromFirstFailure(observed))
            .map(Shift::onsetMicros)
            .orElse(range.toMicros());
    long end = onset + observed.stepMicros() + 1;
    return new TimeRange(range.fromMicros(), Math.clamp(end, range.fromMicros(), range.toMicros()));
  }
}
