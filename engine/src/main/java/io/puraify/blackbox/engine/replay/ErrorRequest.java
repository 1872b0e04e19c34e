package io.puraify.blackbox.engine.replay;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Order;
import io.puraify.blackbox.core.Problem;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.core.Search;
import io.puraify.blackbox.core.TimeRange;
import io.puraify.blackbox.engine.query.BoundedPage;
import io.puraify.blackbox.engine.query.Parameters;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which error of a session is asked about: {@code event_id}, or else the last one; with the
 * parameters that say which session it is, and {@code window} for what is looked for around it.
 *
 * @param window how far from the error other sessions are looked for, on either side
 */
public record ErrorRequest(ReplayRequest session, Optional<String> eventId, Duration window) {

  private static final String EVENT = Field.EVENT_ID.jsonName();
  private static final String WINDOW = "window";
  private static final Duration DEFAULT_WINDOW = Duration.ofDays(1);
  private static final Duration MOST_WINDOW = Duration.ofDays(31);

  /** Of those before an error, the nearest. */
  private static final int MOST_CHANGES = 50;

  /**
   * Reads the parameters of a request about causes.
   *
   * @param id the session's
   * @param now what {@code since} counts from
   * @throws ProblemException naming every parameter that is wrong
   */
  public static ErrorRequest parse(String id, Map<String, List<String>> given, Instant now) {
    return parse(id, given, now, List.of(EVENT));
  }

  /** The same about related sessions, which has a window. */
  public static ErrorRequest parseWindow(String id, Map<String, List<String>> given, Instant now) {
    return parse(id, given, now, List.of(EVENT, WINDOW));
  }

  private static ErrorRequest parse(
      String id, Map<String, List<String>> given, Instant now, List<String> own) {
    Parameters parameters = ReplayRequest.parameters(given, now, own);
    Duration window = parameters.span(WINDOW).orElse(DEFAULT_WINDOW);
    if (window.compareTo(MOST_WINDOW) > 0) {
      parameters.error(WINDOW, "it is %d days at most".formatted(MOST_WINDOW.toDays()));
    }
    Optional<String> eventId = parameters.read(EVENT, text -> text);
    ReplayRequest session = ReplayRequest.which(id, parameters, Optional.empty(), Optional.empty());
    parameters.refuseWhatIsWrong();
    return new ErrorRequest(session, eventId, window);
  }

  /** Where the error is among the events of its session. */
  int index(Replay replay) {
    List<ReplayEvent> events = replay.events();
    for (int i = events.size() - 1; i >= 0; i--) {
      ReplayEvent event = events.get(i);
      if (eventId.map(id -> id.equals(event.eventId())).orElse(event.error())) {
        return i;
      }
    }
    throw new ProblemException(
        eventId
            .map(id ->
                new Problem(
                    404,
                    "event-not-found",
                    "There is no such event",
                    "The session has no event %s".formatted(id)))
            .orElseGet(() ->
                new Problem(
                    404,
                    "no-error",
                    "The session has no error",
                    "No event of it is an error; name one with event_id to ask about it")));
  }

  /** What is thought of changes as the cause of an error, where anything is known of it. */
  public interface Rulings {
    List<ChangeRuling> of(Event error);
  }

  /**
   * Looks for what led to the error.
   *
   * @param rulings asked about the error
   * @throws ProblemException where there is no such session or error
   */
  public Causes causes(EventStore store, Rulings rulings) {
    Replay replay = session.open(store);
    int index = index(replay);
    ReplayEvent error = replay.events().get(index);
    long micros = error.micros();
    Filter changes =
        new Filter.And(
            List.of(
                Failures.in(Field.PROJECT_ID, replay.session().projectId()), ChangeEvent.FILTER));
    TimeRange range = new TimeRange(Math.max(0, micros - Causes.REACH_CHANGE), micros + 1);
    Search search = new Search(changes, range, Order.NEWEST_FIRST, null, MOST_CHANGES);
    return Causes.of(
        replay,
        index,
        BoundedPage.of(store::search, search).items().stream().map(ChangeEvent::new).toList(),
        store.find(error.eventId()).map(rulings::of).orElse(List.of()));
  }

  /** Looks for other sessions with the same error. */
  public RelatedSessions related(EventStore store) {
    Replay replay = session.open(store);
    return new RelatedSearch(store, session.kind(), replay, index(replay), window).find();
  }
}
