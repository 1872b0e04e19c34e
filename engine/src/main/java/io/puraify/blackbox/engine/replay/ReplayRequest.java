package io.puraify.blackbox.engine.replay;

import io.puraify.blackbox.core.ClosestName;
import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.core.TimeRange;
import io.puraify.blackbox.engine.query.FilterSyntaxException;
import io.puraify.blackbox.engine.query.Parameters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which session somebody wants to replay, and from where on: {@code by}, {@code project_id}, {@code
 * from}, {@code to}, {@code since}, and {@code at} or {@code offset_ms}.
 *
 * @param at a time, in microseconds since the epoch
 * @param offsetMicros a time since the session's first event
 */
public record ReplayRequest(
    String id,
    SessionKind kind,
    Optional<String> projectId,
    TimeRange range,
    Optional<Long> at,
    Optional<Long> offsetMicros) {

  private static final String PROJECT = Field.PROJECT_ID.jsonName();
  private static final String AT = "at";
  private static final String OFFSET = "offset_ms";
  private static final List<String> WHICH = List.of(SessionKind.BY, PROJECT, "from", "to", "since");

  /** A session is shorter than the time since 1970. */
  private static final double MOST_OFFSET_MS = 1e13;

  /**
   * Reads the parameters of a request.
   *
   * @param id the session's
   * @param now what {@code since} counts from
   * @throws ProblemException naming every parameter that is wrong
   */
  public static ReplayRequest parse(String id, Map<String, List<String>> given, Instant now) {
    Parameters parameters = parameters(given, now, List.of(AT, OFFSET));
    if (given.containsKey(AT) && given.containsKey(OFFSET)) {
      parameters.error(OFFSET, "give at or offset_ms, not both");
    }
    Optional<Long> at = parameters.time(AT);
    Optional<Long> offset = parameters.read(OFFSET, ReplayRequest::offset);
    ReplayRequest request = which(id, parameters, at, offset);
    parameters.refuseWhatIsWrong();
    return request;
  }

  /** Which session it is and what of it, with all else that was read. */
  static ReplayRequest which(
      String id, Parameters parameters, Optional<Long> at, Optional<Long> offset) {
    return new ReplayRequest(
        id,
        parameters.read(SessionKind.BY, SessionKind::named).orElse(SessionKind.SESSION),
        parameters.read(PROJECT, text -> text),
        parameters.range(),
        at,
        offset);
  }

  /**
   * The parameters of a request about one session; others are wrong.
   *
   * @param own those that it has besides the ones that say which session it is
   */
  static Parameters parameters(Map<String, List<String>> given, Instant now, List<String> own) {
    List<String> known = new ArrayList<>(WHICH);
    known.addAll(own);
    Parameters parameters = new Parameters(given, now, known);
    for (String name : given.keySet()) {
      if (!known.contains(name)) {
        parameters.error(
            name,
            "there is no parameter of this name%s; a session is not filtered"
                .formatted(ClosestName.hint(name, known)));
      }
    }
    return parameters;
  }

  private static long offset(String text) {
    try {
      double millis = Double.parseDouble(text);
      if (Math.abs(millis) <= MOST_OFFSET_MS) {
        return Math.round(millis * 1_000);
      }
    } catch (NumberFormatException e) {
      // Refused below, as what is no length of time.
    }
    throw new FilterSyntaxException(
        "'%s' is not a number of milliseconds since the session's start".formatted(text));
  }

  /** Which events the session has. */
  Filter filter() {
    List<Filter> filters = new ArrayList<>();
    projectId.ifPresent(project -> filters.add(Failures.in(Field.PROJECT_ID, project)));
    filters.add(Failures.in(kind.field(), id));
    return new Filter.And(filters);
  }

  /**
   * Reads the session.
   *
   * @throws ProblemException where there is none, there are several, or it has too many events
   */
  public Replay open(EventStore store) {
    return SessionReader.read(store, id, filter(), range);
  }

  /** How many events of the session have been at the moment that is asked for, if one is. */
  public Optional<Integer> played(Replay replay) {
    return moment(replay).map(replay::played);
  }

  /** The moment that is asked for, in microseconds since the epoch. */
  public Optional<Long> moment(Replay replay) {
    return at.or(() -> offsetMicros.map(offset -> replay.startMicros() + offset));
  }

  /** What is answered where a moment is needed and none is given. */
  public static ProblemException momentMissing() {
    return Parameters.refusal(AT, "say which moment, by this or by offset_ms");
  }
}
