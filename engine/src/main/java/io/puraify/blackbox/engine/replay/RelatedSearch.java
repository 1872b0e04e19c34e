package io.puraify.blackbox.engine.replay;

import io.puraify.blackbox.core.Aggregation;
import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Grouping;
import io.puraify.blackbox.core.Measure;
import io.puraify.blackbox.core.Sample;
import io.puraify.blackbox.core.TimeRange;
import io.puraify.blackbox.core.Top;
import io.puraify.blackbox.engine.templates.Templates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Looks for the sessions that have to do with an error. For one thread, once. */
final class RelatedSearch {

  /** So many steps before an error say how one came to it. */
  static final int STEPS = 5;

  /** Errors that are compared by their messages; of more, a sample. */
  private static final int MOST_ERRORS = 20_000;

  private static final int MOST_LISTED = 50;

  /** Sessions on the same flow, the newest in the window. */
  private static final int MOST_ON_FLOW = 100;

  /** Events of all sessions that are compared; where they have more, fewer are. */
  private static final int MOST_EVENTS = 50_000;

  private final EventStore store;
  private final SessionKind kind;
  private final Replay replay;
  private final int index;
  private final ReplayEvent error;
  private final TimeRange window;
  private final Templates templates = new Templates();
  private final ErrorShape shape;
  private final Map<String, String> labels = new HashMap<>();
  private final Map<String, List<ReplayEvent>> sameErrors = new LinkedHashMap<>();
  private final Set<String> users = new HashSet<>();

  RelatedSearch(EventStore store, SessionKind kind, Replay replay, int index, Duration window) {
    this.store = store;
    this.kind = kind;
    this.replay = replay;
    this.index = index;
    this.error = replay.events().get(index);
    long reach = window.toMillis() * 1_000;
    this.window = new TimeRange(Math.max(0, error.micros() - reach), error.micros() + reach + 1);
    this.shape = ErrorShape.of(error, templates);
  }

  RelatedSessions find() {
    boolean examined = readSameErrors();
    Map<String, List<ReplayEvent>> others = readOthers();
    List<ActionKey> steps = Steps.before(replay.events(), index, STEPS);
    long sameSteps = 0;
    long failed = 0;
    Set<String> alike = new HashSet<>();
    for (Map.Entry<String, List<ReplayEvent>> other : others.entrySet()) {
      if (Steps.taken(other.getValue(), steps)) {
        sameSteps++;
        failed += sameErrors.containsKey(other.getKey()) ? 1 : 0;
        alike.add(other.getKey());
      }
    }
    return new RelatedSessions(
        error,
        window.fromMicros(),
        window.toMicros(),
        listed(alike),
        sameErrors.size(),
        users.size(),
        examined,
        steps,
        sameSteps,
        failed,
        others.size(),
        parting(others));
  }

  /** The same errors of other sessions; whether all that could be were compared. */
  private boolean readSameErrors() {
    Filter candidates = shape.candidates(replay.session().projectId());
    long count = count(candidates);
    Set<String> own = new HashSet<>();
    replay.events().stream().map(ReplayEvent::userId).forEach(own::add);
    read(
        candidates,
        count,
        MOST_ERRORS,
        event -> {
          ReplayEvent each = ReplayEvent.of(event, labels);
          if (!each.error() || !ErrorShape.of(each, templates).equals(shape)) {
            return;
          }
          String session = event.given(kind.field());
          if (session != null && !session.equals(replay.session().id())) {
            sameErrors.computeIfAbsent(session, _ -> new ArrayList<>()).add(each);
          }
          if (each.userId() != null && !own.contains(each.userId())) {
            users.add(each.userId());
          }
        });
    sameErrors.values().forEach(errors -> errors.sort(ReplayEvent.ORDER));
    return count <= MOST_ERRORS;
  }

  private long count(Filter filter) {
    return store
        .aggregate(new Aggregation(filter, window, Grouping.NONE, List.of(), Top.byCount(1)))
        .rows()
        .getFirst()
        .count();
  }

  private void read(Filter filter, long count, int most, Consumer<Event> sink) {
    Set<Field> fields = new HashSet<>(ReplayEvent.FIELDS);
    fields.add(kind.field());
    store.sample(new Sample(filter, window, fields, most, count), sink);
  }

  /** Those with the same error, and the newest on the same flow, with their events. */
  private Map<String, List<ReplayEvent>> readOthers() {
    Set<String> ids = new LinkedHashSet<>();
    sameErrors.keySet().stream().limit(MOST_LISTED).forEach(ids::add);
    ids.addAll(onSameFlow());
    ids.remove(replay.session().id());
    List<String> chosen = new ArrayList<>(ids);
    long count = countOf(chosen);
    // Whole sessions or none: parts of them would look as if they had taken other steps.
    while (count > MOST_EVENTS) {
      chosen = chosen.subList(0, chosen.size() / 2);
      count = countOf(chosen);
    }
    if (count == 0) {
      return Map.of();
    }
    Map<String, List<ReplayEvent>> sessions = new HashMap<>();
    read(
        of(chosen),
        count,
        MOST_EVENTS,
        event ->
            sessions
                .computeIfAbsent("" + event.given(kind.field()), _ -> new ArrayList<>())
                .add(ReplayEvent.of(event, labels)));
    sessions.values().forEach(events -> events.sort(ReplayEvent.ORDER));
    return sessions;
  }

  private long countOf(List<String> ids) {
    return ids.isEmpty() ? 0 : count(of(ids));
  }

  private Filter of(List<String> ids) {
    return new Filter.And(
        List.of(
            Failures.in(Field.PROJECT_ID, replay.session().projectId()),
            new Filter.In(kind.ref(), Set.copyOf(ids))));
  }

  private List<String> onSameFlow() {
    List<Filter> filters = new ArrayList<>();
    filters.add(Failures.in(Field.PROJECT_ID, replay.session().projectId()));
    filters.add(new Filter.Exists(kind.ref()));
    if (error.flowId() != null) {
      filters.add(Failures.in(Field.FLOW_ID, error.flowId()));
    }
    Top newest = new Top(new Measure.Max(Failures.known(Field.TIMESTAMP)), MOST_ON_FLOW);
    return store
        .aggregate(
            new Aggregation(
                new Filter.And(filters), window, Grouping.by(kind.ref()), List.of(), newest))
        .rows()
        .stream()
        .map(row -> "" + row.group().getFirst())
        .toList();
  }

  private List<RelatedSessions.SameError> listed(Set<String> alike) {
    List<RelatedSessions.SameError> all = new ArrayList<>();
    sameErrors.forEach((id, errors) -> {
      ReplayEvent first = errors.getFirst();
      all.add(
          new RelatedSessions.SameError(
              id,
              first.userId(),
              errors.size(),
              first.eventId(),
              first.micros(),
              errors.getLast().micros(),
              alike.contains(id)));
    });
    all.sort(
        Comparator.comparing(RelatedSessions.SameError::sameSteps)
            .reversed()
            .thenComparingLong(RelatedSessions.SameError::firstMicros)
            .thenComparing(RelatedSessions.SameError::id));
    return all.subList(0, Math.min(MOST_LISTED, all.size()));
  }

  /** From the one that went well and has most in common from the beginning on. */
  private RelatedSessions.@Nullable Parting parting(Map<String, List<ReplayEvent>> others) {
    return others.entrySet().stream()
        .filter(other -> !sameErrors.containsKey(other.getKey()))
        .filter(other -> wentWell(other.getKey(), other.getValue()))
        .max(
            Comparator.<Map.Entry<String, List<ReplayEvent>>>comparingInt(
                    other -> Steps.common(replay.events(), other.getValue()))
                .thenComparingLong(other -> other.getValue().getLast().micros())
                .thenComparing(Map.Entry::getKey))
        .map(other -> Steps.parting(replay.events(), other.getKey(), other.getValue()))
        .orElse(null);
  }

  private boolean wentWell(String id, List<ReplayEvent> events) {
    SessionId session = new SessionId(replay.session().projectId(), id);
    Outcome outcome = new Replay(session, events).summary().outcome();
    return outcome == Outcome.SUCCEEDED || outcome == Outcome.RECOVERED;
  }
}
