package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Position;
import io.puraify.blackbox.core.Problem;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.engine.collector.IngestResult;
import io.puraify.blackbox.engine.consumers.Consumers;
import io.puraify.blackbox.engine.errors.ErrorConsumer;
import io.puraify.blackbox.engine.errors.PreviewRequest;
import io.puraify.blackbox.engine.errors.RuleVersions;
import io.puraify.blackbox.engine.errors.RulesVersion;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The rules by which errors are put into groups: read, tried, put to work, taken back. */
final class GroupingRulesHandler {

  /** Millions of stored errors take minutes; the answer says that it goes on. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final @Nullable Errors errors;
  private final EventStore store;
  private final EventRecorder recorder;
  private final Consumers consumers;
  private final Blocking blocking;
  private final InstantSource clock;

  /**
   * @param errors {@code null} where errors are not put into groups
   */
  GroupingRulesHandler(
      @Nullable Errors errors,
      EventStore store,
      EventRecorder recorder,
      Consumers consumers,
      Blocking blocking,
      InstantSource clock) {
    this.errors = errors;
    this.store = store;
    this.recorder = recorder;
    this.consumers = consumers;
    this.blocking = blocking;
    this.clock = clock;
  }

  private Errors errors() {
    return ErrorsHandler.enabled(errors);
  }

  void versions(Exchange exchange) {
    blocking.answer(exchange, () -> AlertsJson.answer(200, versions(errors().rules().list())));
  }

  private static ObjectNode versions(List<RulesVersion> versions) {
    ObjectNode json = AlertsJson.object();
    json.set("in_force", ErrorsJson.rules(versions.getFirst()));
    ArrayNode array = json.putArray("versions");
    versions.forEach(each -> array.add(ErrorsJson.rules(each)));
    return json;
  }

  /** Says how groups would change; a query, with the limits of one. */
  void preview(Exchange exchange) {
    JsonBody.query(
        exchange,
        blocking,
        body -> {
          PreviewRequest request = PreviewRequest.read(body, clock.instant());
          return AlertsJson.answer(
              200, ErrorsJson.preview(request, errors().preview(request).run(store)));
        });
  }

  void put(Exchange exchange) {
    String actor = AlertPoliciesHandler.actor(exchange);
    JsonBody.answer(
        exchange,
        blocking,
        body -> {
          RuleVersions rules = errors().rules();
          refuseFile();
          RuleVersions.check(body);
          RulesVersion before = rules.current();
          return change(before, ErrorsJson.rules(body, actor, "Grouping rules", null));
        });
  }

  void undo(Exchange exchange) {
    String actor = AlertPoliciesHandler.actor(exchange);
    JsonBody.answer(
        exchange,
        blocking,
        body -> {
          RulesVersion before = errors().rules().current();
          refuseFile();
          long version = version(body);
          if (version != before.version() || before.undone() != null) {
            throw noEffect();
          }
          return change(before, ErrorsJson.undoneRules(version, actor));
        });
  }

  private static long version(JsonNode body) {
    JsonNode version = body.path("version");
    if (!version.isIntegralNumber() || !version.canConvertToLong() || version.asLong() < 1) {
      throw new ProblemException(
          new Problem(
              400,
              "invalid-body",
              "The body cannot be understood",
              "Which version is to be taken back was expected",
              List.of(new Problem.Item(null, "/version", "a number from 1 on was expected"))));
    }
    return version.asLong();
  }

  private void refuseFile() {
    errors()
        .file()
        .ifPresent(file -> {
          throw new ProblemException(
              new Problem(
                  409,
                  "rules-in-file",
                  "The grouping rules are in a file",
                  "Change %s and start the server again".formatted(file)));
        });
  }

  /** A change is an event, which is safe in the journal before it is made. */
  private Answer change(RulesVersion before, byte[] event) {
    IngestResult kept = recorder.record(event).join();
    boolean made = reached(kept.end());
    List<RulesVersion> after = errors().rules().list();
    if (!made) {
      return AlertsJson.answer(202, versions(after));
    }
    if (after.getFirst().version() == before.version()) {
      throw noEffect();
    }
    return AlertsJson.answer(200, versions(after));
  }

  private boolean reached(Position position) {
    CompletableFuture<Void> reached = consumers.reached(ErrorConsumer.NAME, position);
    try {
      reached.get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      var _ = reached.cancel(false);
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    }
  }

  private static ProblemException noEffect() {
    return new ProblemException(
        new Problem(
            409,
            "no-effect",
            "The grouping rules stay as they are",
            "Only the newest version can be taken back, and only once; others may have changed the"
                + " rules meanwhile"));
  }
}
