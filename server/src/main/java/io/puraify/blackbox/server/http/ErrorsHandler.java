package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Problem;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.engine.collector.IngestResult;
import io.puraify.blackbox.engine.consumers.Consumers;
import io.puraify.blackbox.engine.deployments.Suspects;
import io.puraify.blackbox.engine.errors.ChangeRecord;
import io.puraify.blackbox.engine.errors.ChangeRequest;
import io.puraify.blackbox.engine.errors.ErrorConsumer;
import io.puraify.blackbox.engine.errors.ErrorEvents;
import io.puraify.blackbox.engine.errors.ErrorGroups;
import io.puraify.blackbox.engine.errors.GroupQuery;
import io.puraify.blackbox.engine.errors.GroupView;
import io.puraify.blackbox.server.http.AlertsHandler.Query;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Groups of errors, and the changes that people make to them. */
final class ErrorsHandler {

  /** A change is a few names and a comment. */
  private static final int MAX_BODY_BYTES = 64 << 10;

  private final @Nullable Errors errors;
  private final EventStore store;
  private final EventRecorder recorder;
  private final Consumers consumers;
  private final GroupSuspects suspects;
  private final Blocking blocking;

  /**
   * @param errors {@code null} where errors are not put into groups
   */
  ErrorsHandler(
      @Nullable Errors errors,
      EventStore store,
      EventRecorder recorder,
      Consumers consumers,
      GroupSuspects suspects,
      Blocking blocking) {
    this.errors = errors;
    this.store = store;
    this.recorder = recorder;
    this.consumers = consumers;
    this.suspects = suspects;
    this.blocking = blocking;
  }

  private ErrorGroups groups() {
    return enabled(errors).groups();
  }

  /**
   * What there is where errors are put into groups.
   *
   * @throws ProblemException where they are not
   */
  static Errors enabled(@Nullable Errors errors) {
    if (errors == null) {
      throw new ProblemException(
          new Problem(
              404,
              "errors-not-enabled",
              "Errors are not put into groups",
              "Start the server without errors.enabled: false; errors are counted from then on"));
    }
    return errors;
  }

  void list(Exchange exchange) {
    Include include = Include.parse(exchange.parameters(), "suspect");
    GroupQuery query = GroupQuery.parse(include.rest());
    include.requireAtMost(query.limit());
    if (!include.asked()) {
      blocking.answer(exchange, () -> listed(groups().list(query), Map.of()));
      return;
    }
    blocking.query(
        exchange,
        () -> groups().list(query),
        page -> {
          Map<String, CompletableFuture<Suspects.Answer>> later = new HashMap<>();
          page.groups().stream()
              .filter(GroupSuspects::isNews)
              .forEach(group -> later.put(group.id(), suspected(group)));
          var _ =
              KeptAnswers.aMoment(later.values())
                  .thenRun(() -> exchange.answer(listed(page, later)));
        });
  }

  private CompletableFuture<Suspects.Answer> suspected(GroupView group) {
    return suspects.later(group, () -> groups().find(group.id()));
  }

  private static Answer listed(
      GroupView.Page page, Map<String, CompletableFuture<Suspects.Answer>> suspects) {
    return Answer.json(200, ErrorsJson.page(page, suspects));
  }

  void find(Exchange exchange) {
    String id = exchange.pathParameter("group_id");
    blocking.answer(exchange, () -> found(id, groups().find(id)));
  }

  private static Answer found(String id, Optional<GroupView.Details> details) {
    return details
        .map(each -> Answer.json(200, ErrorsJson.details(each)))
        .orElseGet(() -> Answer.problem(noSuchGroup(id)));
  }

  private static Problem noSuchGroup(String id) {
    return new Problem(
        404, "no-such-group", "There is no such group", "No group of errors has the id " + id);
  }

  void explain(Exchange exchange) {
    String id = exchange.pathParameter("group_id");
    Query query = new Query(exchange.parameters());
    query.only(Set.of("event_id"));
    String eventId = query.one("event_id");
    query.refuseWhatIsWrong();
    blocking.answer(
        exchange,
        () -> {
          Event event = eventId == null ? example(id) : event(eventId);
          return groups()
              .explain(id, event)
              .map(each -> ErrorsJson.explanation(each))
              .map(json -> AlertsJson.answer(200, json))
              .orElseGet(() -> Answer.problem(noSuchGroup(id)));
        });
  }

  private Event event(String eventId) {
    return store
        .find(eventId)
        .orElseThrow(() ->
            new ProblemException(
                new Problem(
                    404,
                    "no-such-event",
                    "There is no such event",
                    "No event has the id " + eventId)));
  }

  /** The newest example of a group that is still stored. */
  private Event example(String id) {
    GroupView.Details details =
        groups().find(id).orElseThrow(() -> new ProblemException(noSuchGroup(id)));
    return details.examples().stream()
        .flatMap(each -> store.find(each.eventId()).stream())
        .findFirst()
        .orElseThrow(() ->
            new ProblemException(
                new Problem(
                    404,
                    "no-such-event",
                    "There is no such event",
                    "None of the group's examples is stored any more; say which event with"
                        + " event_id")));
  }

  /** A change is an event, which is safe in the journal before it is made. */
  void change(Exchange exchange) {
    String id = exchange.pathParameter("group_id");
    String length = exchange.header("Content-Length");
    if (length == null || length.length() > 9 || Integer.parseInt(length) > MAX_BODY_BYTES) {
      exchange.answer(
          Answer.problem(
              new Problem(
                  413,
                  "too-large",
                  "The change cannot be read",
                  "A body of at most %,d bytes with its Content-Length was expected"
                      .formatted(MAX_BODY_BYTES))));
      return;
    }
    var _ =
        exchange
            .request()
            .body()
            .onSuccess(
                body -> answerProblems(exchange, () -> change(exchange, id, body.toString())));
  }

  private void answerProblems(Exchange exchange, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      exchange.answer(Router.failure(e));
    }
  }

  private void change(Exchange exchange, String id, String body) {
    ChangeRequest change = ChangeRequest.parse(id, body);
    blocking.run(() ->
        answerProblems(
            exchange,
            () -> {
              Optional<GroupView.Details> before = groups().find(id);
              if (before.isEmpty()) {
                exchange.answer(found(id, before));
                return;
              }
              byte[] event =
                  ErrorsJson.event(
                      before.get().group().project(), ErrorEvents.ISSUE_CHANGE, change);
              IngestResult kept = recorder.record(event).join();
              consumers.reached(ErrorConsumer.NAME, kept.end()).join();
              exchange.answer(made(id, latest(before.get())));
            }));
  }

  private Answer made(String id, long latestBefore) {
    Optional<GroupView.Details> after = groups().find(id);
    boolean made = after.isPresent() && latest(after.get()) > latestBefore;
    return made
        ? found(id, after)
        : Answer.problem(
            new Problem(
                409,
                "no-effect",
                "The change does not fit the group",
                "The group has no such fingerprints, or is merged; only the latest change can be"
                    + " undone, and only groups of one project can be merged"));
  }

  private static long latest(GroupView.Details details) {
    List<ChangeRecord> changes = details.changes();
    return changes.isEmpty() ? -1 : changes.getFirst().id();
  }
}
