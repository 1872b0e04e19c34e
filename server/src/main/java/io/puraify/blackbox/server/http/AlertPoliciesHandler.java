package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Problem;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.engine.alerts.Backtest;
import io.puraify.blackbox.engine.alerts.BacktestRequest;
import io.puraify.blackbox.engine.alerts.PolicyVersion;
import io.puraify.blackbox.engine.alerts.Silences;
import io.puraify.blackbox.engine.alerts.evaluate.Alert;
import io.puraify.blackbox.engine.alerts.notify.Silence;
import java.time.InstantSource;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Policies and silences: what is worth an alert, and when nobody wants to hear of it. */
final class AlertPoliciesHandler {

  /** Alerts that a preview shows; the number is of all. */
  private static final int MOST_PREVIEWED = 100;

  /** Who changes something and does not say who that is. */
  private static final String SOMEBODY = "api";

  private final Alerts alerts;
  private final EventStore store;
  private final Blocking blocking;
  private final InstantSource clock;

  AlertPoliciesHandler(Alerts alerts, EventStore store, Blocking blocking, InstantSource clock) {
    this.alerts = alerts;
    this.store = store;
    this.blocking = blocking;
    this.clock = clock;
  }

  void policies(Exchange exchange) {
    blocking.answer(exchange, () -> versions(alerts.policies().list()));
  }

  private static Answer versions(List<PolicyVersion> versions) {
    ObjectNode json = AlertsJson.object();
    ArrayNode array = json.putArray("policies");
    versions.forEach(each -> array.add(AlertsJson.policy(each)));
    return AlertsJson.answer(200, json);
  }

  void versions(Exchange exchange) {
    String name = exchange.pathParameter("policy");
    blocking.answer(
        exchange,
        () -> {
          List<PolicyVersion> versions = alerts.policies().versions(name);
          if (versions.isEmpty()) {
            throw noSuch("policy", name);
          }
          return versions(versions);
        });
  }

  /** Who asks, as the header {@code X-Actor} says. */
  static String actor(Exchange exchange) {
    String actor = exchange.header("X-Actor");
    return actor == null || actor.isBlank() || actor.length() > 256 ? SOMEBODY : actor;
  }

  void put(Exchange exchange) {
    String name = exchange.pathParameter("policy");
    String actor = actor(exchange);
    JsonBody.answer(
        exchange,
        blocking,
        body -> {
          if (!body.path("policy").asString("").equals(name)) {
            throw new ProblemException(
                new Problem(
                    400,
                    "invalid-policy",
                    "The policy cannot be used",
                    "Its name is not the one of the path",
                    List.of(
                        new Problem.Item(null, "/policy", "'%s' was expected".formatted(name)))));
          }
          PolicyVersion made = alerts.policies().put(alerts.dispatcher(), body, actor);
          return AlertsJson.answer(200, AlertsJson.policy(made));
        });
  }

  void remove(Exchange exchange) {
    String name = exchange.pathParameter("policy");
    String actor = actor(exchange);
    blocking.report(
        exchange,
        () ->
            AlertsJson.answer(
                200,
                AlertsJson.policy(
                    alerts
                        .policies()
                        .remove(alerts.dispatcher(), name, actor)
                        .orElseThrow(() -> noSuch("policy", name)))));
  }

  /** Says what a policy would have done; a query, with the limits of one. */
  void backtest(Exchange exchange) {
    JsonBody.query(
        exchange,
        blocking,
        body -> {
          BacktestRequest request =
              BacktestRequest.read(body, clock.instant(), alerts.outbox().channels()::containsKey);
          Backtest backtest =
              new Backtest(request, alerts.dispatcher().policies(), alerts.silences().list());
          return AlertsJson.answer(200, AlertsJson.backtest(request, backtest.run(store)));
        });
  }

  void silences(Exchange exchange) {
    blocking.answer(
        exchange,
        () -> {
          ObjectNode json = AlertsJson.object();
          ArrayNode array = json.putArray("silences");
          alerts.silences().list().forEach(each -> array.add(Silences.json(each)));
          return AlertsJson.answer(200, json);
        });
  }

  void silence(Exchange exchange) {
    JsonBody.answer(
        exchange,
        blocking,
        body -> {
          Silence silence = alerts.silences().parse(body);
          alerts.silences().add(alerts.dispatcher(), silence);
          return previewed(201, silence);
        });
  }

  void preview(Exchange exchange) {
    JsonBody.answer(exchange, blocking, body -> previewed(200, alerts.silences().parse(body)));
  }

  private Answer previewed(int status, Silence silence) {
    List<Alert> meant = Silences.preview(silence, alerts.dispatcher().active());
    ObjectNode json = Silences.json(silence);
    json.put("matching_alerts", meant.size());
    ArrayNode array = json.putArray("alerts");
    meant.stream().limit(MOST_PREVIEWED).forEach(each -> array.add(AlertsJson.alert(each)));
    return AlertsJson.answer(status, json);
  }

  void unsilence(Exchange exchange) {
    String id = exchange.pathParameter("silence_id");
    blocking.report(
        exchange,
        () ->
            AlertsJson.answer(
                200,
                Silences.json(
                    alerts
                        .silences()
                        .end(alerts.dispatcher(), id)
                        .orElseThrow(() -> noSuch("silence", id)))));
  }

  private static ProblemException noSuch(String what, String name) {
    return new ProblemException(
        new Problem(
            404,
            "no-such-" + what,
            "There is no such " + what,
            "No %s is called %s".formatted(what, name)));
  }
}
