package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.Problem;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.core.Severity;
import io.puraify.blackbox.engine.alerts.AlertHistory.AlertQuery;
import io.puraify.blackbox.engine.alerts.evaluate.Alert;
import io.puraify.blackbox.engine.alerts.evaluate.AlertState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Alerts, why they were told, and what people do about them. */
final class AlertsHandler {

  private static final int LIMIT = 100;
  private static final int MOST = 1_000;

  private final Alerts alerts;
  private final Blocking blocking;

  AlertsHandler(Alerts alerts, Blocking blocking) {
    this.alerts = alerts;
    this.blocking = blocking;
  }

  void list(Exchange exchange) {
    Query query = new Query(exchange.parameters());
    query.only(Set.of("state", "severity", "project_id", "policy", "cursor", "limit"));
    String cursor = query.one("cursor");
    if (cursor != null && !cursor.matches("[0-9]{1,18}/[0-9a-f-]{36}")) {
      query.error("cursor", "the next_cursor of a page was expected");
    }
    List<String> states = Arrays.stream(AlertState.values()).map(AlertState::jsonName).toList();
    List<String> severities = Arrays.stream(Severity.values()).map(Severity::jsonName).toList();
    int limit = query.limit(LIMIT, MOST);
    AlertQuery wanted =
        new AlertQuery(
            query.oneOf("state", states),
            query.oneOf("severity", severities),
            query.one("project_id"),
            query.one("policy"),
            cursor,
            limit + 1);
    query.refuseWhatIsWrong();
    blocking.answer(
        exchange,
        () -> AlertsJson.answer(200, AlertsJson.alerts(alerts.history().alerts(wanted), limit)));
  }

  void find(Exchange exchange) {
    String id = exchange.pathParameter("alert_id");
    blocking.answer(
        exchange,
        () -> AlertsJson.answer(200, AlertsJson.alert(found(id, alerts.history().find(id)))));
  }

  void explain(Exchange exchange) {
    String id = exchange.pathParameter("alert_id");
    blocking.answer(
        exchange,
        () ->
            AlertsJson.answer(
                200, AlertsJson.explanation(found(id, alerts.history().explain(id)))));
  }

  void acknowledge(Exchange exchange) {
    change(exchange, alerts.dispatcher()::acknowledge);
  }

  void resolve(Exchange exchange) {
    change(exchange, alerts.dispatcher()::resolve);
  }

  private interface Change {
    Optional<Alert> make(String id, String actor, @Nullable String comment);
  }

  private void change(Exchange exchange, Change change) {
    String id = exchange.pathParameter("alert_id");
    JsonBody.answer(
        exchange,
        blocking,
        body -> {
          String actor = text(body, "actor");
          String comment = body.has("comment") ? text(body, "comment") : null;
          Optional<Alert> made = change.make(id, actor, comment);
          if (made.isEmpty() && alerts.history().find(id).isPresent()) {
            throw new ProblemException(
                new Problem(409, "not-active", "The alert is over", "It is resolved already"));
          }
          return AlertsJson.answer(200, AlertsJson.alert(found(id, made)));
        });
  }

  private static String text(JsonNode body, String name) {
    String text = body.path(name).isString() ? body.path(name).asString() : "";
    if (text.isBlank() || text.length() > 1_024) {
      throw new ProblemException(
          new Problem(
              400,
              "invalid-body",
              "The body cannot be understood",
              "Some of it is wrong",
              List.of(
                  new Problem.Item(
                      null, "/" + name, "a text of at most 1,024 characters was expected"))));
    }
    return text;
  }

  private static <T> T found(String id, Optional<T> found) {
    return found.orElseThrow(() ->
        new ProblemException(
            new Problem(
                404, "no-such-alert", "There is no such alert", "No alert has the id " + id)));
  }

  /** The parameters of a list, and what is wrong with them. */
  static final class Query {
    private final Map<String, List<String>> parameters;
    private final List<Problem.Item> errors = new ArrayList<>();

    Query(Map<String, List<String>> parameters) {
      this.parameters = parameters;
    }

    void only(Set<String> names) {
      for (String name : parameters.keySet()) {
        if (!names.contains(name)) {
          error(name, "there is no parameter of this name");
        }
      }
    }

    void error(String name, String detail) {
      errors.add(new Problem.Item(null, name, detail));
    }

    @Nullable String one(String name) {
      List<String> values = parameters.getOrDefault(name, List.of());
      if (values.size() > 1) {
        error(name, "once was expected");
      }
      return values.isEmpty() ? null : values.getFirst();
    }

    @Nullable String oneOf(String name, List<String> known) {
      String value = one(name);
      if (value != null && !known.contains(value)) {
        error(name, "one of %s was expected".formatted(String.join(", ", known)));
      }
      return value;
    }

    long number(String name, long otherwise, long most) {
      String text = one(name);
      if (text == null) {
        return otherwise;
      }
      boolean good = text.matches("[0-9]{1,18}");
      if (!good || Long.parseLong(text) < 1 || Long.parseLong(text) > most) {
        error(name, "a number from 1 to %d was expected".formatted(most));
        return otherwise;
      }
      return Long.parseLong(text);
    }

    int limit(int otherwise, int most) {
      return (int) number("limit", otherwise, most);
    }

    void refuseWhatIsWrong() {
      if (!errors.isEmpty()) {
        throw new ProblemException(
            new Problem(
                400,
                "invalid-parameters",
                "The request cannot be understood",
                "Some parameters are wrong",
                errors));
      }
    }
  }
}
