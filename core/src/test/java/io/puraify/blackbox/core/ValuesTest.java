package io.puraify.blackbox.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The small types whose meaning stored data relies on. */
class ValuesTest {

  @Test
  void fieldCodesNeverChange() {
    String codes =
        Arrays.stream(Field.values())
            .map(field -> field.code() + "=" + field.jsonName())
            .collect(Collectors.joining(" "));
    assertThat(codes)
        .isEqualTo(
            "1=event_id 2=project_id 3=timestamp 4=received_at 5=event_type 6=type 7=engine"
                + " 8=platform 9=action 10=status 11=severity 12=error_type 13=message"
                + " 14=stack_trace 15=duration_ms 16=retries 17=flow_id 18=run_id 19=step_id"
                + " 20=user_id 21=session_id 22=trace_id 23=span_id 24=triggered_by"
                + " 25=environment 26=version 27=host 28=truncated 29=attributes"
                + " 30=count");
  }

  @ParameterizedTest
  @CsvSource({
    "debug,DEBUG",
    "Info,INFO",
    "LOW,LOW",
    "warn,MEDIUM",
    "WARNING,MEDIUM",
    "error,HIGH",
    "severe,HIGH",
    "fatal,CRITICAL",
    "critical,CRITICAL",
    "notice,LOW",
    "emerg,CRITICAL",
    "trace,DEBUG",
    "INFO3,INFO",
    "ERROR2,HIGH",
    "FATAL4,CRITICAL",
    "warn5,",
    "loud,",
    "2,"
  })
  void severitiesAreKnownByManyNames(String name, Severity severity) {
    assertThat(Severity.parse(name)).isEqualTo(severity);
  }

  @ParameterizedTest
  @CsvSource({
    "STATUS,Failed,error",
    "STATUS,failure,error",
    "STATUS,OK,success",
    "STATUS,Timeout,timeout",
    "ENGINE,execution_engine,execution",
    "ENGINE,vault,vault",
    "ENGINE,_engine,_engine",
    "SEVERITY,warn,medium",
    "SEVERITY,loud,''",
    "PLATFORM,Slack,Slack"
  })
  void labelsHaveOneSpelling(Field field, String value, String normalised) {
    assertThat(Labels.normalise(field, value)).isEqualTo(normalised);
  }

  @ParameterizedTest
  @CsvSource({"842,842", "0.5,0.5", "1e3,1000", "1234567.125,1234567.125", "1e-7,0.0000001"})
  void numbersAreWrittenInPlainDecimals(double value, String text) {
    assertThat(Numbers.format(value)).isEqualTo(text);
  }

  @Test
  void anAssignedIdLeadsToItsEvent() {
    long receivedAt = 1_753_452_060_123_456L;
    String id = AssignedId.of(receivedAt, 123_456_789_012L);

    assertThat(java.util.UUID.fromString(id).version()).isEqualTo(7);
    assertThat(java.util.UUID.fromString(id).variant()).isEqualTo(2);
    assertThat(AssignedId.position(id)).hasValue(123_456_789_012L);
    assertThat(AssignedId.receivedAtMicros(id)).hasValue(receivedAt);
    assertThat(AssignedId.of(receivedAt, 5)).isNotEqualTo(AssignedId.of(receivedAt, 6));
  }

  @ParameterizedTest
  @CsvSource({
    "evt_1",
    "01989f3a-8c00-7abc-8def-0123456789ab",
    "01989f3a-8c00-4abc-8def-0123456789ab",
    "01989f3a-8c00-7abc-8def-0123456789xx"
  })
  void anIdThatWasNotAssignedLeadsNowhere(String id) {
    assertThat(AssignedId.position(id)).isEmpty();
    assertThat(AssignedId.receivedAtMicros(id)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"region":"eu"}              | region | eu
          {"n":1.50}                   | n      | 1.50
          {"ok":true}                  | ok     | true
          {"none":null}                | none   |
          {"a":{"b":"deep"}}           | a.b    | deep
          {"a.b":"flat","a":{"b":"x"}} | a.b    | flat
          {"a":{"b":{"c":[1,2]}}}      | a.b.c  | [1,2]
          {"a":{"b":1}}                | a      | {"b":1}
          {"a":"x"}                    | a.b    |
          {"q":"say \\"hi\\""}         | q      | say "hi"
          {}                           | a      |
          """)
  void attributesAreLookedUpByKeyThenByPath(String json, String path, String value) {
    assertThat(Attributes.lookup(json, path)).isEqualTo(value);
  }

  @Test
  void attributesHaveThePathsOfTheirValues() {
    String json = "{\"a\":{\"b\":1,\"c\":{}},\"d.e\":[{}],\"f\":null,\"\":1,\"g\":false}";

    assertThat(Attributes.paths(json)).containsExactly("a.b", "d.e", "g");
    assertThat(Attributes.paths("{}")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "60000000, 2025-07-25T14:01:59.999999Z, 2025-07-25T14:01:00Z",
    "86400000000, 2025-07-25T14:01:00Z, 2025-07-25T00:00:00Z",
    "604800000000, 2025-07-25T14:01:00Z, 2025-07-21T00:00:00Z",
    "604800000000, 2025-07-21T00:00:00Z, 2025-07-21T00:00:00Z",
    "604800000000, 1970-01-01T00:00:00Z, 1969-12-29T00:00:00Z",
  })
  void daysBeginAtMidnightAndWeeksOnMonday(long step, Instant time, Instant start) {
    assertThat(new Step(step).floor(Micros.of(time))).isEqualTo(Micros.of(start));
  }
}
