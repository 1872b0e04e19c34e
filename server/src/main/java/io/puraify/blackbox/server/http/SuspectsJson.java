package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.TimeRange;
import io.puraify.blackbox.engine.deployments.DeploymentReport;
import io.puraify.blackbox.engine.deployments.History;
import io.puraify.blackbox.engine.deployments.Rates;
import io.puraify.blackbox.engine.deployments.Suspect;
import io.puraify.blackbox.engine.deployments.Suspects;
import io.puraify.blackbox.engine.deployments.Suspicion;
import io.puraify.blackbox.engine.performance.Figure;
import io.puraify.blackbox.engine.performance.FigureRow;
import io.puraify.blackbox.engine.performance.Figures;
import io.puraify.blackbox.engine.performance.Overview;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of suspects and of what became of a change. */
final class SuspectsJson {

  private static final List<Figure> FIGURES =
      List.of(
          Figure.CALLS,
          Figure.ERRORS,
          Figure.TIMEOUTS,
          Figure.ERROR_RATE,
          Figure.P50,
          Figure.P95,
          Figure.P99);

  private SuspectsJson() {}

  static ObjectNode answer(Suspects.Answer answer) {
    Suspicion suspicion = answer.suspicion();
    ObjectNode json = range(answer.range());
    json.put("verdict", suspicion.verdict().label());
    json.put("summary", suspicion.summary());
    Long onset = suspicion.onsetMicros();
    if (onset != null) {
      json.put("onset", Micros.format(onset));
      json.put("first_seen", suspicion.exact());
    }
    json.set("rates", rates(suspicion.rates()));
    ArrayNode suspects = json.putArray("suspects");
    for (Suspect each : suspicion.suspects()) {
      ObjectNode item = suspects.addObject();
      item.set("deployment", DeploymentsJson.change(each.change()));
      suspect(item, each);
    }
    json.put("considered", answer.considered());
    json.put("complete", answer.complete());
    return json;
  }

  /** The first suspect of a group of errors, for a list of groups; {@code null} for not yet. */
  static JsonNode first(KeptAnswers.Known<Suspects.Answer> known) {
    return switch (known) {
      case KeptAnswers.NotYet<Suspects.Answer>() -> JsonNodeFactory.instance.nullNode();
      case KeptAnswers.Unknown<Suspects.Answer>() ->
          DeploymentsJson.object().put("verdict", DeploymentsJson.UNKNOWN);
      case KeptAnswers.Answered<Suspects.Answer>(Suspects.Answer answer) ->
          first(answer.suspicion());
    };
  }

  private static ObjectNode first(Suspicion suspicion) {
    ObjectNode json = DeploymentsJson.object();
    json.put("verdict", suspicion.verdict().label());
    json.put("summary", suspicion.summary());
    suspicion
        .suspect()
        .ifPresent(suspect -> {
          json.set("deployment", DeploymentsJson.change(suspect.change()));
          json.put("ruling", suspect.ruling().label());
          json.put("score", suspect.score());
        });
    return json;
  }

  private static void suspect(ObjectNode json, Suspect suspect) {
    json.put("ruling", suspect.ruling().label());
    json.put("score", suspect.score());
    json.put("explains", suspect.explains());
    json.set("rates", rates(suspect.rates()));
    ArrayNode evidence = json.putArray("evidence");
    suspect.evidence().forEach(evidence::add);
  }

  private static ObjectNode rates(Rates rates) {
    ObjectNode json = DeploymentsJson.object();
    json.put("failures_before", rates.failuresBefore());
    json.put("calls_before", rates.callsBefore());
    json.put("failures_after", rates.failuresAfter());
    json.put("calls_after", rates.callsAfter());
    json.put("p_value", rates.pValue());
    return json;
  }

  private static ObjectNode range(TimeRange range) {
    ObjectNode json = DeploymentsJson.object();
    json.put("from", Micros.format(range.fromMicros()));
    json.put("to", Micros.format(range.toMicros()));
    return json;
  }

  static ObjectNode report(DeploymentReport report, Overview performance) {
    ObjectNode json = DeploymentsJson.object();
    json.set("deployment", DeploymentsJson.change(report.change()));
    json.put("faulty", report.faulty());
    json.put("fault", report.outcome().fault().label());
    History history = report.history();
    json.put("rollback", history.rollback());
    json.put("rolled_back", history.rolledBack());
    DeploymentsJson.put(json, "previous_version", history.previousVersion());
    if (history.next() != null) {
      json.set("next", DeploymentsJson.change(history.next()));
    }
    json.set("before", range(report.before()));
    json.set("after", range(report.after()));
    ArrayNode engines = json.putArray("engines");
    for (FigureRow row : performance.rows()) {
      ObjectNode engine = engines.addObject();
      DeploymentsJson.put(engine, "engine", row.group().getFirst());
      engine.set("before", figures(row.before()));
      engine.set("after", figures(row.now()));
    }
    ArrayNode errors = json.putArray("errors");
    for (DeploymentReport.KindOfError each : report.errors()) {
      ObjectNode error = errors.addObject();
      DeploymentsJson.put(error, "engine", each.engine());
      DeploymentsJson.put(error, "platform", each.platform());
      DeploymentsJson.put(error, "error_type", each.errorType());
      suspect(error, each.suspect());
    }
    return json;
  }

  private static ObjectNode figures(Figures figures) {
    ObjectNode json = DeploymentsJson.object();
    for (Figure figure : FIGURES) {
      Double number = figures.get(figure);
      if (number != null) {
        json.put(figure.label(), number);
      }
    }
    return json;
  }
}
