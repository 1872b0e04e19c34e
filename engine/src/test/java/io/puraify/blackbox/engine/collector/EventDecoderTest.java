package io.puraify.blackbox.engine.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.EventBlock;
import io.puraify.blackbox.core.EventBlockBuilder;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Position;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventDecoderTest {

  private static final Instant RECEIVED = Instant.parse("2025-07-25T20:00:00Z");

  private final Redaction redaction = new Redaction(RedactionOptions.DEFAULT);
  private final EventBlockBuilder block =
      new EventBlockBuilder(new LabelNormaliser(redaction)::normalise);
  private final EventDecoder decoder = new EventDecoder(block, redaction);

  @Test
  void theExecutionLogOfTheSpecIsAnActionRun() {
    Event event =
        decode(
            """
            {"project_id":"pf_123","event_type":"execution","platform":"Slack",
             "action":"send_message","status":"success","duration_ms":842,
             "timestamp":"2025-07-25T14:01:00Z"}
            """);
    assertThat(event)
        .isEqualTo(
            Event.at(0)
                .set(Field.PROJECT_ID, "pf_123")
                .set(Field.EVENT_TYPE, "execution")
                .set(Field.TYPE, "action_run")
                .set(Field.PLATFORM, "Slack")
                .set(Field.ACTION, "send_message")
                .set(Field.STATUS, "success")
                .set(Field.SEVERITY, "info")
                .set(Field.DURATION_MS, 842.0)
                .set(Field.TIMESTAMP, Micros.of(Instant.parse("2025-07-25T14:01:00Z")))
                .set(Field.RECEIVED_AT, Micros.of(RECEIVED))
                .build());
  }

  /** What one more member of an event makes of a field. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "status":"error","platform":"Slack"         | type          | action_error
          "status":"timeout","flow_id":"f"            | type          | flow_error
          "event_type":"error"                        | type          | flow_error
          "action":"a"                                | type          | action_run
          "flow_id":"f"                               | type          | flow_run
          "event_type":"deployment"                   | type          | deployment
          "type":"custom","action":"a"                | type          | custom
          "status":"Failed"                           | status        | error
          "status":"ok"                               | status        | success
          "status":"error"                            | severity      | high
          "status":"timeout"                          | severity      | high
          "status":"success"                          | severity      | info
          "severity":"WARN"                           | severity      | medium
          "level":"fatal"                             | severity      | critical
          "severity_text":"error"                     | severity      | high
          "severity":"loud"                           | severity      | info
          "severity":"loud"                           | attributes    | {"severity":"loud"}
          "level":"warn","severity":"loud"            | severity      | medium
          "engine":"execution_engine"                 | engine        | execution
          "status":"failed: Bearer 0123456789"        | status        | failed: [redacted:bearer_token]
          "service.name":"vault_engine"               | engine        | vault
          "service":{"name":"vault","version":"2.1"}  | version       | 2.1
          "service":{"name":"vault","zone":"a"}       | attributes    | {"service":{"zone":"a"}}
          "error":{"type":"E","message":"m"}          | error_type    | E
          "error":{"type":"E","message":"m"}          | message       | m
          "error":{"type":"E","message":"m"}          | attributes    |
          "error":"plain"                             | attributes    | {"error":"plain"}
          "exception.stacktrace":"at a"               | stack_trace   | at a
          "user":{"id":7}                             | user_id       | 7
          "session":{"id":"s"}                        | session_id    | s
          "msg":"m"                                   | message       | m
          "body":"m"                                  | message       | m
          "msg":"alias","message":"own"               | message       | own
          "msg":"alias","message":"own"               | attributes    | {"msg":"alias"}
          "message":"own","msg":"alias"               | attributes    | {"msg":"alias"}
          "message":"one","message":"two"             | message       | two
          "duration_ms":"842"                         | duration_ms   | 842
          "duration_ms":12.625                        | duration_ms   | 12.625
          "duration_ms":1e3                           | duration_ms   | 1000
          "duration_ms":-1                            | attributes    | {"duration_ms":-1}
          "duration_ms":"soon"                        | attributes    | {"duration_ms":"soon"}
          "duration_ms":null                          | attributes    |
          "retries":"3"                               | retries       | 3
          "retries":2.0                               | retries       | 2
          "retries":1.5                               | attributes    | {"retries":1.5}
          "retries":[1]                               | attributes    | {"retries":[1]}
          "message":{"a":1}                           | attributes    | {"message":{"a":1}}
          "version":2.10                              | version       | 2.10
          "platform":true                             | platform      | true
          "platform":""                               | attributes    |
          "region":"eu","n":{ "a" : [ 1 , 2 ] }       | attributes    | {"region":"eu","n":{"a":[1,2]}}
          "attributes":{"region":"eu"},"zone":"b"     | attributes    | {"region":"eu","zone":"b"}
          "attributes":{"a":1},"a":2                  | attributes    | {"a":2}
          "attributes":"text"                         | attributes    | {"attributes":"text"}
          "\\u0061":1,"a":2                           | attributes    | {"a":2}
          "received_at":"2020-01-01T00:00:00Z"        | received_at   | 2025-07-25T20:00:00Z
          "event_id":"e1"                             | event_id      | e1
          "message":"caf\\u00e9\\n"                   | message       | `café\n`
          """)
  void fieldsAreTakenConvertedAndDerived(String members, String field, @Nullable String value) {
    Field known = Field.named(field);
    String expected = value == null ? null : value.replace("`", "").replace("\\n", "\n");
    assertThat(decode("{\"project_id\":\"p\"," + members + "}").text(known)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "2025-07-25T14:01:00Z"            | 2025-07-25T14:01:00Z
          "2025-07-25t14:01:00.5z"          | 2025-07-25T14:01:00.500Z
          "2025-07-25 14:01:00.123456789Z"  | 2025-07-25T14:01:00.123456Z
          "2025-07-25T16:01:00+02:00"       | 2025-07-25T14:01:00Z
          "2025-07-25T09:31:00-0430"        | 2025-07-25T14:01:00Z
          "2025-07-25T14:01:00"             | 2025-07-25T14:01:00Z
          "2024-02-29T23:59:60Z"            | 2024-02-29T23:59:59.999999Z
          1753452060                        | 2025-07-25T14:01:00Z
          1753452060.25                     | 2025-07-25T14:01:00.250Z
          1753452060123                     | 2025-07-25T14:01:00.123Z
          1753452060123456                  | 2025-07-25T14:01:00.123456Z
          1753452060123456789               | 2025-07-25T14:01:00.123456Z
          "1753452060"                      | 2025-07-25T14:01:00Z
          "2025-07-26T19:59:59Z"            | 2025-07-26T19:59:59Z
          "2025-07-26T20:00:01Z"            | 2025-07-25T20:00:00Z
          "1999-12-31T23:59:59Z"            | 2025-07-25T20:00:00Z
          null                              | 2025-07-25T20:00:00Z
          """)
  void timesAreReadInManyForms(String json, String time) {
    Event event = decode("{\"project_id\":\"p\",\"timestamp\":" + json + "}");
    assertThat(event.text(Field.TIMESTAMP)).isEqualTo(time);
  }

  @Test
  void aTimeThatIsNotBelievedIsKeptAsAnAttribute() {
    Event event = decode("{\"project_id\":\"p\",\"ts\":\"2031-01-01T00:00:00Z\"}");
    assertThat(event.text(Field.ATTRIBUTES))
        .isEqualTo("{\"original_timestamp\":\"2031-01-01T00:00:00Z\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [1]                                        | NOT_AN_OBJECT | ``          | an event is a JSON object, {…}
          "text"                                     | NOT_AN_OBJECT | ``          | an event is a JSON object, {…}
          {"project_id":"p"                          | NOT_JSON      | ``          | found the end of the text where ',' or '}' was expected (byte 17)
          {"project_id":"p"} x                       | NOT_JSON      | ``          | found 'x' where the end of the JSON text was expected (byte 19)
          garbage                                    | NOT_JSON      | ``          | found 'g' where a JSON value was expected (byte 0)
          {"message":"m"}                            | NO_PROJECT_ID | /project_id | project_id is missing; every event needs one
          {"project_id":""}                          | NO_PROJECT_ID | /project_id | project_id is missing; every event needs one
          {"project_id":null}                        | NO_PROJECT_ID | /project_id | project_id is missing; every event needs one
          {"project_id":"p","timestamp":"yesterday"} | BAD_TIMESTAMP | /timestamp  | found "yesterday"; a timestamp is an RFC 3339 time or a number of s, ms, µs or ns since 1970
          {"project_id":"p","@timestamp":{}}         | BAD_TIMESTAMP | /@timestamp | found {}; a timestamp is an RFC 3339 time or a number of s, ms, µs or ns since 1970
          {"project_id":"p","ts":true}               | BAD_TIMESTAMP | /ts         | found true; a timestamp is an RFC 3339 time or a number of s, ms, µs or ns since 1970
          {"project_id":"p","time":"2025-02-30T00:00:00Z"} | BAD_TIMESTAMP | /time | found "2025-02-30T00:00:00Z"; a timestamp is an RFC 3339 time or a number of s, ms, µs or ns since 1970
          """)
  void aRejectionSaysWhereAndWhy(
      String json, Rejection.Reason reason, String pointer, String detail) {
    assertThat(reject(json)).isEqualTo(new Rejection(3, reason, pointer, detail));
  }

  @Test
  void longTextsAreCutAndSaySo() {
    String longMessage = "é".repeat(40_000);
    Event event = decode("{\"project_id\":\"p\",\"message\":\"" + longMessage + "\"}");
    assertThat(event.text(Field.MESSAGE)).isEqualTo("é".repeat(32_768));
    assertThat(event.integer(Field.TRUNCATED)).isEqualTo(1);
  }

  @Test
  void anEventOverOneMebibyteIsRejected() {
    String json = "{\"project_id\":\"p\",\"x\":\"" + "y".repeat(1 << 20) + "\"}";
    assertThat(reject(json).reason()).isEqualTo(Rejection.Reason.TOO_LARGE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "password":"hunter2"                  | {"password":"[redacted:password]"}
          "db_password":"x","ok":1              | {"db_password":"[redacted:password]","ok":1}
          "X-Api-Key":"k"                       | {"X-Api-Key":"[redacted:api_key]"}
          "accessToken":"t"                     | {"accessToken":"[redacted:token]"}
          "a_\\u0074oken":"t"                    | {"a_token":"[redacted:token]"}
          "n":{"\\u0074oken":"t"}                | {"n":{"\\u0074oken":"[redacted:token]"}}
          "headers":{"Authorization":"Basic x"} | {"headers":{"Authorization":"[redacted:authorization]"}}
          "list":[{"secret":[1,2]}]             | {"list":[{"secret":"[redacted:secret]"}]}
          "token":null,"has_token":true         | {"token":null,"has_token":true}
          "tokens":5                            | {"tokens":5}
          "url":"https://u:pw@host/p"           | {"url":"https://u:[redacted:url_password]@host/p"}
          "q":"say \\"password=abc\\" now"      | {"q":"say \\"password=[redacted:password]\\" now"}
          """)
  void secretsInAttributesAreMasked(String members, String attributes) {
    assertThat(decode("{\"project_id\":\"p\"," + members + "}").text(Field.ATTRIBUTES))
        .isEqualTo(attributes);
  }

  @Test
  void rulesCanBeAddedAndSwitchedOff() {
    RedactionOptions options =
        new RedactionOptions(
            Set.of("card_number"), Set.of("iban"), Map.of("employee", Pattern.compile("E-\\d+")));
    Redaction custom = new Redaction(options);
    EventBlockBuilder builder = new EventBlockBuilder(new LabelNormaliser(custom)::normalise);
    byte[] json =
        "{\"project_id\":\"p\",\"message\":\"E-42 paid 4111111111111111\",\"iban\":\"DE1\"}"
            .getBytes(StandardCharsets.UTF_8);
    new EventDecoder(builder, custom).decode(json, 0, json.length, 0, Micros.of(RECEIVED));
    builder.endRow();
    Event event = new EventBlock(Position.START, builder.seal(0)).event(0);

    assertThat(event.text(Field.MESSAGE)).isEqualTo("[redacted:employee] paid 4111111111111111");
    assertThat(event.text(Field.ATTRIBUTES)).isEqualTo("{\"iban\":\"[redacted:secret]\"}");
    assertThat(custom.drainCounts()).isEqualTo(Map.of("employee", 1L, "secret", 1L));
  }

  private Event decode(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    assertThat(decoder.decode(bytes, 0, bytes.length, 3, Micros.of(RECEIVED))).isNull();
    block.endRow();
    return new EventBlock(Position.START, block.seal(Micros.of(RECEIVED))).event(0);
  }

  private Rejection reject(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    Rejection rejection = decoder.decode(bytes, 0, bytes.length, 3, Micros.of(RECEIVED));
    block.dropRow();
    assertThat(rejection).isNotNull();
    return rejection;
  }
}
