package io.puraify.blackbox.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.server.TestServer;
import io.puraify.blackbox.server.TestServer.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Holds what the running server does to what {@code openapi.yaml} says. */
class OpenApiTest {

  @TempDir private static Path folder;
  private static TestServer server;
  private static JsonNode document;

  @BeforeAll
  static void start() {
    server = TestServer.start(folder);
    document = new YAMLMapper().readTree(server.get("/openapi.yaml").text());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void everyOperationIsServedAndEveryRouteIsDocumented() {
    Set<String> documented = new HashSet<>();
    document
        .path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .propertyNames()
                .forEach(method ->
                    documented.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
    Set<String> served = new HashSet<>();
    for (Route route : HttpApi.ROUTES) {
      served.add(route.method().name() + " " + route.template());
    }

    assertThat(documented).isEqualTo(served);
  }

  @Test
  void everyFieldIsAFilterAndAPropertyOfAnEvent() {
    List<String> fields = Arrays.stream(Field.values()).map(Field::jsonName).toList();
    JsonNode search = document.path("paths").path("/monitoring/logs").path("get");
    List<String> parameters =
        search.path("parameters").valueStream().map(each -> each.path("name").asString()).toList();
    JsonNode event = document.path("components").path("schemas").path("Event").path("properties");

    assertThat(event.propertyNames()).containsExactlyElementsOf(fields);
    assertThat(parameters)
        .containsAll(fields.stream().filter(field -> !field.equals("attributes")).toList());
  }

  @ParameterizedTest(name = "{0} {1} {3}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "POST | /monitoring/logs?wait=stored | /monitoring/logs | {\"project_id\":\"o\",\"event_id\":\"o-1\",\"x\":1,\"duration_ms\":0.5,\"retries\":1,\"stack_trace\":\"at a\"} | 202",
        "POST | /monitoring/logs?wait=stored | /monitoring/logs | [{\"project_id\":\"o\"},{\"project_id\":1.5,\"timestamp\":\"?\"}] | 202",
        "POST | /monitoring/logs?wait=applied | /monitoring/logs | {\"project_id\":\"o\"} | 202",
        "POST | /monitoring/logs | /monitoring/logs | {} | 400",
        "POST | /monitoring/logs | /monitoring/logs | ~~ | 400",
        "GET | /monitoring/logs | /monitoring/logs | ~~ | 200",
        "GET | /monitoring/logs?limit=1 | /monitoring/logs | ~~ | 200",
        "GET | /monitoring/logs?limit=0&order=up | /monitoring/logs | ~~ | 400",
        "GET | /monitoring/logs/o-1 | /monitoring/logs/{event_id} | ~~ | 200",
        "GET | /monitoring/logs/none | /monitoring/logs/{event_id} | ~~ | 404",
        "GET | /monitoring/logs/o-1/context | /monitoring/logs/{event_id}/context | ~~ | 200",
        "GET | /monitoring/logs/o-1/context?before=no | /monitoring/logs/{event_id}/context | ~~ | 400",
        "GET | /monitoring/logs/none/context | /monitoring/logs/{event_id}/context | ~~ | 404",
        "GET | /monitoring/logs/export | /monitoring/logs/export | ~~ | 200",
        "GET | /monitoring/logs/export?format=csv | /monitoring/logs/export | ~~ | 200",
        "GET | /monitoring/logs/export?format=xls | /monitoring/logs/export | ~~ | 400",
        "GET | /monitoring/logs/stream?order=up | /monitoring/logs/stream | ~~ | 400",
        "GET | /monitoring/logs/histogram | /monitoring/logs/histogram | ~~ | 200",
        "GET | /monitoring/logs/histogram?by=project_id&step=1d | /monitoring/logs/histogram | ~~ | 200",
        "GET | /monitoring/logs/histogram?step=1x | /monitoring/logs/histogram | ~~ | 400",
        "GET | /monitoring/logs/fields | /monitoring/logs/fields | ~~ | 200",
        "GET | /monitoring/logs/fields?limit=1 | /monitoring/logs/fields | ~~ | 400",
        "GET | /monitoring/logs/fields/project_id/values | /monitoring/logs/fields/{name}/values | ~~ | 200",
        "GET | /monitoring/logs/fields/project/values | /monitoring/logs/fields/{name}/values | ~~ | 400",
        "GET | /monitoring/logs/patterns | /monitoring/logs/patterns | ~~ | 200",
        "GET | /monitoring/logs/patterns?limit=1&step=1d | /monitoring/logs/patterns | ~~ | 200",
        "GET | /monitoring/logs/patterns?limit=0 | /monitoring/logs/patterns | ~~ | 400",
        "GET | /monitoring/stats | /monitoring/stats | ~~ | 200",
        "GET | /monitoring/performance | /monitoring/performance | ~~ | 200",
        "GET | /monitoring/performance?group_by=project_id,action&order=change:p95&direction=asc&since=1h | /monitoring/performance | ~~ | 200",
        "GET | /monitoring/performance?status=error | /monitoring/performance | ~~ | 400",
        "GET | /monitoring/performance/series?group_by=project_id&step=30m | /monitoring/performance/series | ~~ | 200",
        "GET | /monitoring/performance/series?step=90s | /monitoring/performance/series | ~~ | 400",
        "GET | /monitoring/performance/heatmap?step=30m | /monitoring/performance/heatmap | ~~ | 200",
        "GET | /monitoring/performance/spikes?kind=latency,load&since=1d | /monitoring/performance/spikes | ~~ | 200",
        "GET | /monitoring/performance/spikes?kind=x | /monitoring/performance/spikes | ~~ | 400",
        "GET | /monitoring/performance/differences?selected=event_id:o-1&since=1d | /monitoring/performance/differences | ~~ | 200",
        "GET | /monitoring/performance/differences | /monitoring/performance/differences | ~~ | 400",
        "GET | /monitoring/performance/heatmap?by=x | /monitoring/performance/heatmap | ~~ | 400",
        "GET | /monitoring/stats?group_by=platform,event_id&measure=p95:duration_ms,distinct:user_id,error_rate&limit=1&step=1d | /monitoring/stats | ~~ | 200",
        "GET | /monitoring/stats?group_by=x | /monitoring/stats | ~~ | 400",
        "GET | /monitoring/errors | /monitoring/errors | ~~ | 200",
        "GET | /monitoring/errors?state=old | /monitoring/errors | ~~ | 400",
        "GET | /monitoring/errors/none | /monitoring/errors/{group_id} | ~~ | 404",
        "POST | /monitoring/errors/0000000000000000/changes | /monitoring/errors/{group_id}/changes | {\"change\":\"reopen\"} | 404",
        "POST | /monitoring/errors/0000000000000000/changes | /monitoring/errors/{group_id}/changes | {\"change\":\"x\"} | 400",
        "POST | /monitoring/alert | /monitoring/alert | {\"project_id\":\"o\",\"message\":\"m\"} | 202",
        "POST | /monitoring/alert | /monitoring/alert | {} | 400",
        "GET | /monitoring/alerts | /monitoring/alerts | ~~ | 200",
        "GET | /monitoring/alerts?state=old | /monitoring/alerts | ~~ | 400",
        "GET | /monitoring/alerts/none | /monitoring/alerts/{alert_id} | ~~ | 404",
        "GET | /monitoring/alerts/none/explain | /monitoring/alerts/{alert_id}/explain | ~~ | 404",
        "POST | /monitoring/alerts/none/acknowledge | /monitoring/alerts/{alert_id}/acknowledge | {\"actor\":\"a\"} | 404",
        "POST | /monitoring/alerts/none/resolve | /monitoring/alerts/{alert_id}/resolve | {} | 400",
        "GET | /monitoring/alerts/policies | /monitoring/alerts/policies | ~~ | 200",
        "GET | /monitoring/alerts/policies/error_burst | /monitoring/alerts/policies/{policy} | ~~ | 200",
        "GET | /monitoring/alerts/policies/none | /monitoring/alerts/policies/{policy} | ~~ | 404",
        "PUT | /monitoring/alerts/policies/o | /monitoring/alerts/policies/{policy} | {\"policy\":\"o\",\"match\":\"project_id:none\"} | 200",
        "PUT | /monitoring/alerts/policies/o | /monitoring/alerts/policies/{policy} | {\"policy\":\"o\",\"condition\":{\"kind\":\"x\"}} | 400",
        "DELETE | /monitoring/alerts/policies/none | /monitoring/alerts/policies/{policy} | ~~ | 404",
        "POST | /monitoring/alerts/policies/backtest | /monitoring/alerts/policies/backtest | {\"policy\":{\"policy\":\"o\",\"match\":\"project_id:o\"},\"since\":\"1h\"} | 200",
        "POST | /monitoring/alerts/policies/backtest | /monitoring/alerts/policies/backtest | {} | 400",
        "GET | /monitoring/alerts/silences | /monitoring/alerts/silences | ~~ | 200",
        "POST | /monitoring/alerts/silences | /monitoring/alerts/silences | {\"matchers\":[{\"label\":\"project_id\",\"value\":\"none\"}],\"duration\":\"1m\",\"reason\":\"r\",\"created_by\":\"a\"} | 201",
        "POST | /monitoring/alerts/silences | /monitoring/alerts/silences | {} | 400",
        "POST | /monitoring/alerts/silences/preview | /monitoring/alerts/silences/preview | {\"matchers\":[{\"label\":\"policy\",\"op\":\"=~\",\"value\":\".*\"}],\"duration\":\"1m\",\"reason\":\"r\",\"created_by\":\"a\"} | 200",
        "DELETE | /monitoring/alerts/silences/none | /monitoring/alerts/silences/{silence_id} | ~~ | 404",
        "GET | /monitoring/alerts/channels | /monitoring/alerts/channels | ~~ | 200",
        "POST | /monitoring/alerts/channels/ui/test | /monitoring/alerts/channels/{channel}/test | ~~ | 200",
        "POST | /monitoring/alerts/channels/none/test | /monitoring/alerts/channels/{channel}/test | ~~ | 404",
        "GET | /monitoring/alerts/notifications | /monitoring/alerts/notifications | ~~ | 200",
        "GET | /monitoring/alerts/notifications?state=x | /monitoring/alerts/notifications | ~~ | 400",
        "GET | /monitoring/alerts/inbox | /monitoring/alerts/inbox | ~~ | 200",
        "GET | /monitoring/alerts/inbox?limit=0 | /monitoring/alerts/inbox | ~~ | 400",
        "POST | /monitoring/alerts/inbox/read | /monitoring/alerts/inbox/read | {\"up_to\":0} | 200",
        "POST | /monitoring/alerts/inbox/read | /monitoring/alerts/inbox/read | {} | 400",
        "GET | /monitoring/audit?mark=change,sign_in&limit=5 | /monitoring/audit | ~~ | 200",
        "GET | /monitoring/audit?project_id=o | /monitoring/audit | ~~ | 200",
        "GET | /monitoring/audit?format=ndjson | /monitoring/audit | ~~ | 200",
        "GET | /monitoring/audit?format=csv | /monitoring/audit | ~~ | 200",
        "GET | /monitoring/audit?format=parquet | /monitoring/audit | ~~ | 400",
        "GET | /monitoring/audit?mark=x | /monitoring/audit | ~~ | 400",
        "GET | /monitoring/audit/report?limit=5 | /monitoring/audit/report | ~~ | 200",
        "GET | /monitoring/audit/report?limit=501 | /monitoring/audit/report | ~~ | 400",
        "GET | /monitoring/audit/verify | /monitoring/audit/verify | ~~ | 200",
        "GET | /monitoring/audit/verify?x=1 | /monitoring/audit/verify | ~~ | 400",
        "GET | /monitoring/audit/checkpoints | /monitoring/audit/checkpoints | ~~ | 200",
        "GET | /monitoring/audit/checkpoints?limit=0 | /monitoring/audit/checkpoints | ~~ | 400",
        "GET | /monitoring/audit/proof?event_id=o-none | /monitoring/audit/proof | ~~ | 404",
        "GET | /monitoring/audit/proof | /monitoring/audit/proof | ~~ | 400",
        "GET | /monitoring/audit/consistency?first=99998&second=99999 | /monitoring/audit/consistency | ~~ | 404",
        "GET | /monitoring/audit/consistency?first=2&second=1 | /monitoring/audit/consistency | ~~ | 400",
        "GET | /monitoring/audit/bundle | /monitoring/audit/bundle | ~~ | 200",
        "GET | /monitoring/audit/key | /monitoring/audit/key | ~~ | 200",
        "POST | /monitoring/deployments | /monitoring/deployments | {\"project_id\":\"o\",\"engine\":\"vault\",\"version\":\"1\",\"event_id\":\"o-d\"} | 202",
        "POST | /monitoring/deployments | /monitoring/deployments | {\"project_id\":\"o\"} | 400",
        "GET | /monitoring/deployments?kind=deployment,version&limit=5 | /monitoring/deployments | ~~ | 200",
        "GET | /monitoring/deployments?kind=x | /monitoring/deployments | ~~ | 400",
        "GET | /monitoring/deployments/suspects?q=status:error&since=1h | /monitoring/deployments/suspects | ~~ | 200",
        "GET | /monitoring/deployments/suspects?project_id=o&q=event_id:*&at=2025-07-25 | /monitoring/deployments/suspects | ~~ | 200",
        "GET | /monitoring/deployments/suspects?at=x | /monitoring/deployments/suspects | ~~ | 400",
        "GET | /monitoring/deployments/suspects?group_id=none | /monitoring/deployments/suspects | ~~ | 404",
        "GET | /monitoring/deployments/none | /monitoring/deployments/{id} | ~~ | 404",
        "GET | /monitoring/deployments/none?minutes=0 | /monitoring/deployments/{id} | ~~ | 400",
        "GET | /monitoring/sessions | /monitoring/sessions | ~~ | 200",
        "GET | /monitoring/sessions?by=x&limit=0 | /monitoring/sessions | ~~ | 400",
        "GET | /monitoring/sessions/s | /monitoring/sessions/{session_id} | ~~ | 200",
        "GET | /monitoring/sessions/s?status=error | /monitoring/sessions/{session_id} | ~~ | 400",
        "GET | /monitoring/sessions/none | /monitoring/sessions/{session_id} | ~~ | 404",
        "GET | /monitoring/sessions/s/state?offset_ms=0 | /monitoring/sessions/{session_id}/state | ~~ | 200",
        "GET | /monitoring/sessions/s/state | /monitoring/sessions/{session_id}/state | ~~ | 400",
        "GET | /monitoring/sessions/none/state?offset_ms=0 | /monitoring/sessions/{session_id}/state | ~~ | 404",
        "GET | /monitoring/sessions/s/causes?event_id=o-1 | /monitoring/sessions/{session_id}/causes | ~~ | 200",
        "GET | /monitoring/sessions/s/causes?window=1h | /monitoring/sessions/{session_id}/causes | ~~ | 400",
        "GET | /monitoring/sessions/s/causes | /monitoring/sessions/{session_id}/causes | ~~ | 404",
        "GET | /monitoring/sessions/s/related?event_id=o-1 | /monitoring/sessions/{session_id}/related | ~~ | 200",
        "GET | /monitoring/sessions/s/related?window=60d | /monitoring/sessions/{session_id}/related | ~~ | 400",
        "GET | /monitoring/sessions/none/related | /monitoring/sessions/{session_id}/related | ~~ | 404",
        "POST | /monitoring/sessions/o/recording?project_id=o&chunk=0 | /monitoring/sessions/{session_id}/recording | [{\"type\":4,\"data\":{\"href\":\"/\"},\"timestamp\":1753452000000}] | 201",
        "POST | /monitoring/sessions/o/recording?project_id=o&chunk=0 | /monitoring/sessions/{session_id}/recording | [{\"type\":4,\"data\":{\"href\":\"/\"},\"timestamp\":1753452000000}] | 200",
        "POST | /monitoring/sessions/o/recording?project_id=o&chunk=0 | /monitoring/sessions/{session_id}/recording | [{\"type\":4,\"data\":{\"href\":\"/\"},\"timestamp\":1753452000001}] | 409",
        "POST | /monitoring/sessions/o/recording?project_id=o&chunk=1 | /monitoring/sessions/{session_id}/recording | [{}] | 400",
        "GET | /monitoring/sessions/o/recording | /monitoring/sessions/{session_id}/recording | ~~ | 200",
        "GET | /monitoring/sessions/none/recording | /monitoring/sessions/{session_id}/recording | ~~ | 404",
        "GET | /monitoring/settings | /monitoring/settings | ~~ | 200",
        "GET | /monitoring/storage | /monitoring/storage | ~~ | 200",
        "GET | /health/live | /health/live | ~~ | 200",
        "GET | /health/ready | /health/ready | ~~ | 200",
        "GET | /metrics | /metrics | ~~ | 200",
        "GET | /openapi.yaml | /openapi.yaml | ~~ | 200",
      })
  void answersAreAsDocumented(
      String method, String path, String template, String body, int status) {
    server.post(
        TestServer.JSON,
        "{\"project_id\":\"o\",\"event_id\":\"o-1\",\"session_id\":\"s\",\"x\":{\"y\":[null]}}");

    Answer answer =
        server.send(method, path, BodyPublishers.ofString(body), "Content-Type", TestServer.JSON);

    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    JsonNode responses =
        document
            .path("paths")
            .path(template)
            .path(method.toLowerCase(Locale.ROOT))
            .path("responses");
    JsonNode response = resolve(responses.path(Integer.toString(status)));
    assertThat(response.isMissingNode()).as("%s is documented", status).isFalse();
    String type = answer.headers().get("content-type").getFirst().replaceAll(";.*", "");
    JsonNode schema = response.path("content").path(type).path("schema");
    assertThat(schema.isMissingNode()).as("%s is documented", type).isFalse();
    if (type.equals("application/json") || type.endsWith("+json")) {
      assertThat(errors(schema, answer.json())).isEmpty();
    }
  }

  private static JsonNode resolve(JsonNode node) {
    String reference = node.path("$ref").asString("");
    return reference.isEmpty() ? node : document.at(reference.substring(1));
  }

  private static List<Error> errors(JsonNode schema, JsonNode value) {
    // The schema, with the document's components where its references look for them.
    var whole = ((tools.jackson.databind.node.ObjectNode) schema.deepCopy());
    whole.set("components", document.path("components"));
    Schema compiled =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(whole);
    return compiled.validate(value);
  }
}
