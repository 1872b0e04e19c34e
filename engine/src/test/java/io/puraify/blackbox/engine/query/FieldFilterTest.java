package io.puraify.blackbox.engine.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Micros;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldFilterTest {

  private static final Event EVENT =
      Event.at(7)
          .set(Field.PROJECT_ID, "pf_1")
          .set(Field.TIMESTAMP, Micros.of(Instant.parse("2025-07-25T14:01:00Z")))
          .set(Field.RECEIVED_AT, Micros.of(Instant.parse("2025-07-25T14:01:01Z")))
          .set(Field.STATUS, "error")
          .set(Field.SEVERITY, "high")
          .set(Field.ENGINE, "vault")
          .set(Field.ERROR_TYPE, "api_timeout")
          .set(Field.PLATFORM, "Slack, \"Inc\"")
          .set(Field.MESSAGE, "Token expired: *3* of 5")
          .set(Field.DURATION_MS, 842.5)
          .set(Field.RETRIES, 3)
          .set(Field.TRUNCATED, 1)
          .set(Field.ATTRIBUTES, "{\"region\":\"eu\",\"size\":12,\"range\":\"1..x\"}")
          .build();

  @ParameterizedTest(name = "{0}={1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "status | error | true",
        "status | success | false",
        "status | success,error | true",
        "status | FAILED | true",
        "status | !error | false",
        "status | !success,timeout | true",
        "status | * | true",
        "action | * | false",
        "action | !* | true",
        "action | !x | true",
        "engine | vault_engine | true",
        "severity | error | true",
        "severity | >=high | true",
        "severity | >high | false",
        "severity | <critical | true",
        "severity | <=medium | false",
        "error_type | api_* | true",
        "error_type | pi_* | false",
        "error_type | \"api_*\" | false",
        "error_type | x,api_* | true",
        "platform | \"Slack, \\\"Inc\\\"\" | true",
        "platform | other,\"Slack, \\\"Inc\\\"\" | true",
        "platform | !\"Slack, \\\"Inc\\\"\" | false",
        "message | token EXPIRED | true",
        "message | expired token | false",
        "message | \"*3*\" | true",
        "message | \"\\\\\" | false",
        "message | Token* | true",
        "message | !expired | false",
        "duration_ms | 842.5 | true",
        "duration_ms | 842.50 | true",
        "duration_ms | >842 | true",
        "duration_ms | >842.5 | false",
        "duration_ms | >=842.5 | true",
        "duration_ms | <842.5 | false",
        "duration_ms | <=842.5 | true",
        "duration_ms | 800..900 | true",
        "duration_ms | 1..2,842.5 | true",
        "duration_ms | 1..2 | false",
        "retries | 3 | true",
        "retries | 3.0 | true",
        "retries | 4 | false",
        "truncated | true | true",
        "timestamp | 2025-07-25T14:01:00Z | true",
        "timestamp | 2025-07-25T16:01:00+02:00 | true",
        "timestamp | 1753452060 | true",
        "timestamp | >2025-07-25 | true",
        "timestamp | 2025-07-25..2025-07-26 | true",
        "timestamp | <2025-07-25 | false",
        "attributes.region | eu | true",
        "attributes.region | us,eu | true",
        "attributes.region | e* | true",
        "attributes.region | !eu | false",
        "attributes.other | * | false",
        "attributes.size | >10 | true",
        "attributes.size | 10..11 | false",
        "attributes.range | 1..x | true",
        "attributes | * | true",
      })
  void meansWhatItLooksLike(String name, String text, boolean matches) {
    assertThat(FieldFilter.parse(field(name), text).test(EVENT)).isEqualTo(matches);
  }

  @ParameterizedTest(name = "{0}={1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "status |~~| a value is missing at character 1",
        "status | error, | a value is missing at character 7",
        "status | ! | a value is missing at character 2",
        "status | a,!b | '!' at character 3",
        "status | \"error | the quote at character 1 is not closed",
        "status | \"a\"b | 'b' at character 4, where a comma or the end was expected",
        "status | \"\" | the quotes at character 1 hold nothing",
        "severity | loud | 'loud' is no severity; there are debug, info, low, medium, high, critical",
        "severity | >loud | 'loud' is no severity",
        "status | >error | status is text and has no order",
        "duration_ms | fast | 'fast' is not a number",
        "duration_ms | >fast | 'fast' is not a number",
        "duration_ms | 1..fast | 'fast' is not a number",
        "duration_ms | 8* | '8*' asks for a beginning, which only text has",
        "timestamp | yesterday | 'yesterday' is not a time; write 2025-07-25T14:01:00Z",
        "attributes | eu | name one of the attributes, as in attributes.region=eu",
        "attributes.size | >big | 'big' is not a number",
      })
  void saysWhatIsWrong(String name, String text, String complaint) {
    assertThatThrownBy(() -> FieldFilter.parse(field(name), text))
        .isInstanceOf(FilterSyntaxException.class)
        .hasMessageContaining(complaint);
  }

  private static FieldRef field(String name) {
    Field known = Field.named(name);
    return known != null
        ? new FieldRef.Known(known)
        : new FieldRef.Attribute(name.substring(FieldRef.ATTRIBUTE_PREFIX.length()));
  }
}
