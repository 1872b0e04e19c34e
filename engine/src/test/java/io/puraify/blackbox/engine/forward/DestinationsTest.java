package io.puraify.blackbox.engine.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.engine.outgoing.AddressGuard;
import io.puraify.blackbox.engine.outgoing.HttpPost;
import io.puraify.blackbox.engine.query.QueryLanguage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How destinations are configured, and what an event looks like there. */
class DestinationsTest {

  private static final long AT = Micros.of(Instant.parse("2026-03-02T12:00:00.123456Z"));
  private static final Filter ERRORS = QueryLanguage.parse("status:error");
  private static final HttpPost HTTP =
      new HttpPost(new AddressGuard(false, "forward.private.addresses"), InstantSource.system());

  @TempDir private Path folder;

  private static Event.Builder event() {
    return Event.at(7)
        .set(Field.EVENT_ID, "e-7")
        .set(Field.PROJECT_ID, "pf_1")
        .set(Field.TIMESTAMP, AT)
        .set(Field.RECEIVED_AT, AT);
  }

  private static Event error() {
    return event()
        .set(Field.EVENT_TYPE, "execution")
        .set(Field.TYPE, "action_error")
        .set(Field.ENGINE, "execution")
        .set(Field.PLATFORM, "Slack")
        .set(Field.ACTION, "send_message")
        .set(Field.STATUS, "error")
        .set(Field.SEVERITY, "high")
        .set(Field.ERROR_TYPE, "api_timeout")
        .set(Field.MESSAGE, "too \"late\"")
        .set(Field.STACK_TRACE, "at a\nat b")
        .set(Field.DURATION_MS, 1_500.25)
        .set(Field.RETRIES, 2)
        .set(Field.USER_ID, "u_1")
        .set(Field.TRACE_ID, "0af7651916cd43dd8448eb211c80319c")
        .set(Field.SPAN_ID, "b7ad6b7169203331")
        .set(Field.ENVIRONMENT, "production")
        .set(Field.VERSION, "1.4.2")
        .set(Field.HOST, "node-1")
        .set(Field.ATTRIBUTES, "{\"region\":\"eu,west\"}")
        .build();
  }

  private static List<Forward> read(String json) {
    return DestinationsReader.read(JsonMapper.shared().readTree(json), HTTP, ERRORS);
  }

  private static Forward one(String members) {
    return read("{\"destinations\": {\"it\": {" + members + "}}}").getFirst();
  }

  private static Destination datadog() {
    return one("\"kind\": \"datadog\", \"api_key\": \"k\"").destination();
  }

  private static Destination sentry() {
    return one("\"kind\": \"sentry\", \"dsn\": \"https://k@o1.ingest.sentry.io/42\"").destination();
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  @Test
  void anErrorAtDatadog() {
    JsonNode log = JsonMapper.shared().readTree(datadog().item(error()));
    assertThat(log)
        .isEqualTo(
            json(
                """
                {"ddsource": "blackbox",
                 "ddtags": "project_id:pf_1,engine:execution,platform:Slack,action:send_message,env:production,version:1.4.2",
                 "hostname": "node-1", "service": "execution", "status": "error",
                 "timestamp": 1772452800123, "message": "too \\"late\\"",
                 "error": {"kind": "api_timeout", "stack": "at a\\nat b"},
                 "usr": {"id": "u_1"}, "duration": 1500250000,
                 "blackbox": {"event_id": "e-7", "project_id": "pf_1",
                   "timestamp": "2026-03-02T12:00:00.123456Z",
                   "received_at": "2026-03-02T12:00:00.123456Z", "event_type": "execution",
                   "type": "action_error", "engine": "execution", "platform": "Slack",
                   "action": "send_message", "status": "error", "severity": "high",
                   "error_type": "api_timeout", "duration_ms": 1500.25, "retries": 2,
                   "user_id": "u_1", "trace_id": "0af7651916cd43dd8448eb211c80319c",
                   "span_id": "b7ad6b7169203331", "environment": "production",
                   "version": "1.4.2", "host": "node-1",
                   "attributes": {"region": "eu,west"}}}
                """));
  }

  @Test
  void anErrorAtSentry() {
    String[] lines = new String(sentry().item(error()), StandardCharsets.UTF_8).split("\n", 3);
    String id = json(lines[0]).path("event_id").asString();
    assertThat(id).isEqualTo(SentryDestination.id(error())).matches("[0-9a-f]{32}");
    assertThat(json(lines[2]))
        .isEqualTo(
            json(
                """
                {"event_id": "%s", "timestamp": "2026-03-02T12:00:00.123456Z",
                 "platform": "other", "level": "error", "logger": "execution",
                 "server_name": "node-1", "release": "1.4.2", "environment": "production",
                 "exception": {"values": [{"type": "api_timeout", "value": "too \\"late\\""}]},
                 "user": {"id": "u_1"},
                 "tags": {"project_id": "pf_1", "event_type": "execution", "type": "action_error",
                   "engine": "execution", "platform": "Slack", "action": "send_message",
                   "status": "error", "error_type": "api_timeout"},
                 "contexts": {"trace": {"trace_id": "0af7651916cd43dd8448eb211c80319c",
                   "span_id": "b7ad6b7169203331"}},
                 "extra": {"event_id": "e-7", "received_at": "2026-03-02T12:00:00.123456Z",
                   "stack_trace": "at a\\nat b", "duration_ms": 1500.25, "retries": 2,
                   "trace_id": "0af7651916cd43dd8448eb211c80319c",
                   "span_id": "b7ad6b7169203331", "attributes": {"region": "eu,west"}}}
                """
                    .formatted(id)));
  }

  @Test
  void anEventThatHasNothingIsStillOne() {
    Event bare = event().build();
    assertThat(JsonMapper.shared().readTree(datadog().item(bare)).path("message").asString())
        .isEqualTo("event of pf_1");
    String[] lines = new String(sentry().item(bare), StandardCharsets.UTF_8).split("\n", 3);
    assertThat(json(lines[2]).path("logentry").path("formatted").asString())
        .isEqualTo("event of pf_1");
    assertThat(json(lines[2]).path("level").asString()).isEqualTo("info");
  }

  @Test
  void attributesThatAreTooLargeAreLeftOut() {
    Event large =
        event().set(Field.ATTRIBUTES, "{\"blob\":\"" + "x".repeat(1_100_000) + "\"}").build();
    for (Destination destination : List.of(datadog(), sentry())) {
      byte[] item = destination.item(large);
      assertThat(item.length).isLessThan(10_000);
      assertThat((long) item.length).isLessThanOrEqualTo(destination.capacity().bytes());
      assertThat(new String(item, StandardCharsets.UTF_8)).contains("e-7").doesNotContain("blob");
    }
  }

  @Test
  void sentryGetsNoHalfOfACharacter() {
    Event event =
        event()
            .set(Field.MESSAGE, "x".repeat(8_191) + "\ud83d\ude00")
            .set(Field.ACTION, "y".repeat(199) + "\ud83d\ude00")
            .build();
    String[] lines = new String(sentry().item(event), StandardCharsets.UTF_8).split("\n", 3);
    JsonNode body = json(lines[2]);
    assertThat(body.path("logentry").path("formatted").asString()).isEqualTo("x".repeat(8_191));
    assertThat(body.path("tags").path("action").asString()).isEqualTo("y".repeat(199));
  }

  @Test
  void sentryKnowsAnEventByItsOwnIdWhereThatIsAUuid() {
    String uuid = "01890A5D-ac96-774b-bcce-b302099a8057";
    assertThat(SentryDestination.id(event().set(Field.EVENT_ID, uuid).build()))
        .isEqualTo("01890a5dac96774bbcceb302099a8057");
    assertThat(SentryDestination.id(event().build()))
        .as("pinned: it must not change, or repeats would not be known")
        .isEqualTo("58d7b79babf730b5aaa3d20beb7af3b8");
    assertThat(SentryDestination.id(event().set(Field.PROJECT_ID, "pf_2").build()))
        .isNotEqualTo(SentryDestination.id(event().build()));
  }

  @ParameterizedTest
  @CsvSource({
    "https://k@o1.ingest.sentry.io/42, https://o1.ingest.sentry.io/api/42/envelope/",
    "http://k:old@sentry.example:9000/42, http://sentry.example:9000/api/42/envelope/",
    "https://k@example.com/sentry/42, https://example.com/sentry/api/42/envelope/",
    "https://o1.ingest.sentry.io/42,",
    "https://k@o1.ingest.sentry.io/,",
    "https://k@o1.ingest.sentry.io,",
    "ftp://k@o1.ingest.sentry.io/42,",
    "https://k%0ax@o1.ingest.sentry.io/42,",
    "not a dsn,"
  })
  void aDsnSaysWhereTo(String dsn, String url) {
    assertThat(SentryDsn.parse(dsn).map(it -> it.url().toString()).orElse(null)).isEqualTo(url);
  }

  @Test
  void secretsMayBeInFilesAndSentryGetsErrorsWhereNothingElseIsSaid() throws IOException {
    Path key = Files.writeString(folder.resolve("key"), "secret\n");
    Forward datadog =
        one("\"kind\": \"datadog\", \"site\": \"datadoghq.eu\", \"api_key_file\": \"" + key + "\"");
    assertThat(datadog.filter()).isEqualTo(Filter.ALL);
    assertThat(datadog.destination().kind()).isEqualTo("datadog");
    assertThat(DatadogDestination.url("datadoghq.eu"))
        .hasToString("https://http-intake.logs.datadoghq.eu/api/v2/logs");
    Path dsn = Files.writeString(folder.resolve("dsn"), "https://k@o1.ingest.sentry.io/42\n");
    Forward sentry = one("\"kind\": \"sentry\", \"dsn_file\": \"" + dsn + "\"");
    assertThat(sentry.filter()).isEqualTo(ERRORS);
    Forward chosen =
        one(
            "\"kind\": \"sentry\", \"filter\": \"severity:critical\", \"dsn_file\": \""
                + dsn
                + "\"");
    assertThat(chosen.filter()).isEqualTo(QueryLanguage.parse("severity:critical"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | /destinations: an object with a destination for each name was expected, 10 at most",
        "{\"destinations\": {\"a\": {}}} | /destinations/a/kind: one of datadog and sentry was expected",
        "{\"destinations\": {\"A b\": {\"kind\": \"datadog\", \"api_key\": \"k\"}}} | /destinations/A b: a name of at most 40 of a to z, 0 to 9, _ and - was expected",
        "{\"destinations\": {\"a\": {\"kind\": \"datadog\"}}} | /destinations/a/api_key: an API key of Datadog was expected",
        "{\"destinations\": {\"a\": {\"kind\": \"datadog\", \"api_key\": \"k\", \"dsn\": \"x\"}}} | /destinations/a/dsn: there is no such member of kind datadog",
        "{\"destinations\": {\"a\": {\"kind\": \"datadog\", \"api_key\": \"k\", \"site\": \"us\"}}} | /destinations/a/site: a site of Datadog was expected, such as datadoghq.eu",
        "{\"destinations\": {\"a\": {\"kind\": \"datadog\", \"api_key\": \"k\", \"url\": \"http://u:p@h/\"}}} | /destinations/a/url: an http or https URL without user and password was expected",
        "{\"destinations\": {\"a\": {\"kind\": \"datadog\", \"api_key\": \"k\", \"url\": \"http://h/\", \"site\": \"datadoghq.eu\"}}} | /destinations/a/url: site and url exclude each other",
        "{\"destinations\": {\"a\": {\"kind\": \"sentry\", \"dsn\": \"x\"}}} | /destinations/a/dsn: a DSN was expected, such as https://KEY@o1.ingest.sentry.io/42",
        "{\"destinations\": {\"a\": {\"kind\": \"datadog\", \"api_key\": \"k\", \"filter\": \"status:(\"}}} | /destinations/a/filter: column 9: ",
        "{\"destinations\": {\"a\": {\"kind\": \"datadog\", \"api_key\": \"k\", \"filter\": null}}} | /destinations/a/filter: a text was expected",
        "{\"destinations\": {\"a\": {\"kind\": \"datadog\", \"api_key\": \"k\", \"filter\": [\"status:error\"]}}} | /destinations/a/filter: a text was expected",
        "{\"destinations\": {\"a\": {\"kind\": \"sentry\", \"dsn\": \"https://k@h/42\", \"filter\": {\"status\": \"error\"}}}} | /destinations/a/filter: a text was expected",
        "{\"destinations\": {\"a\": {\"kind\": \"datadog\", \"api_key\": \"k\", \"site\": null}}} | /destinations/a/site: a text was expected",
        "{\"destinations\": {\"a\": {\"kind\": \"datadog\", \"api_key\": \"k\", \"url\": []}}} | /destinations/a/url: a text was expected",
        "{\"destinations\": {\"a\": {\"kind\": \"datadog\", \"api_key\": 12345}}} | /destinations/a/api_key: a text was expected, in quotation marks where it looks like something else",
        "{\"destinations\": {\"a\": {\"kind\": \"datadog\", \"api_key\": \"k\", \"api_key_file\": null}}} | /destinations/a/api_key_file: a text was expected",
        "{\"destinations\": {\"a\": {\"kind\": \"datadog\", \"api_key\": \"k\", \"api_key_file\": \"f\"}}} | /destinations/a/api_key_file: api_key and api_key_file exclude each other",
        "{\"destinations\": {\"a\": {\"kind\": \"sentry\", \"dsn\": \"https://k@h/42\", \"dsn_file\": \"f\"}}} | /destinations/a/dsn_file: dsn and dsn_file exclude each other",
        "{\"destinations\": {\"a\": {\"kind\": \"sentry\", \"dsn_file\": \"\"}}} | /destinations/a/dsn_file: the path of a file was expected",
        "{\"destinations\": {\"a\": {\"kind\": \"sentry\", \"dsn_file\": \"/no/such/file\"}}} | /destinations/a/dsn_file: /no/such/file cannot be read: "
      })
  void whatIsWrongIsNamed(String document, String problem) {
    assertThatThrownBy(() -> read(document))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e ->
                assertThat(e.problem().errors())
                    .singleElement()
                    .satisfies(item ->
                        assertThat(item.pointer() + ": " + item.detail()).startsWith(problem)));
  }
}
