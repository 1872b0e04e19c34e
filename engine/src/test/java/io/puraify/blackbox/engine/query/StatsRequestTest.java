package io.puraify.blackbox.engine.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Measure;
import io.puraify.blackbox.core.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatsRequestTest {

  private static final Instant NOW = Instant.parse("2025-07-25T12:00:00Z");

  @Test
  void withoutParametersAllEventsAreCounted() {
    StatsRequest request = StatsRequest.parse(Map.of(), NOW);

    assertThat(request.groups()).isEmpty();
    assertThat(request.measures()).containsExactly(new Measure.Count());
    assertThat(request.step()).isEmpty();
    assertThat(request.top().limit()).isEqualTo(100);
  }

  @Test
  void listsMayBeCutByCommasOrRepeated() {
    StatsRequest request =
        StatsRequest.parse(
            Map.of(
                "group_by", List.of("engine,platform", "attributes.region"),
                "measure", List.of("p95:duration_ms", "error_rate"),
                "order", List.of("count")),
            NOW);

    assertThat(request.groups())
        .containsExactly(
            new FieldRef.Known(Field.ENGINE),
            new FieldRef.Known(Field.PLATFORM),
            new FieldRef.Attribute("region"));
    assertThat(request.top().by()).isEqualTo(new Measure.Count());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "count",
        "error_rate",
        "count:stack_trace",
        "distinct:user_id",
        "sum:duration_ms",
        "avg:retries",
        "min:attributes.size",
        "max:duration_ms",
        "p0:duration_ms",
        "p50:duration_ms",
        "p99.9:duration_ms",
        "p100:duration_ms",
      })
  void aMeasureIsNamedAsItIsWritten(String name) {
    assertThat(MeasureName.parse(name).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "group_by | platfrom | there is no field 'platfrom'; did you mean platform?",
        "group_by | attributes | name one of the attributes, as in attributes.region",
        "group_by | engine,engine | 'engine' is listed twice",
        "group_by | engine,platform,action,status,host | it lists 5, and at most 4 are possible",
        "measure | mean:duration_ms | 'mean:duration_ms' is no measure",
        "measure | counts | 'counts' is no measure; did you mean count?; write count, error_rate",
        "measure | sum:status | status is no number; those that are: duration_ms, retries",
        "measure | sum:timestamp | timestamp is no number",
        "measure | p101:duration_ms | 'p101:duration_ms' asks for a percentile above 100",
        "measure | distinct:user | there is no field 'user'",
        "order | sum | 'sum' needs a field, as in sum:duration_ms",
        "limit | 1001 | '1001' is not a number from 1 to 1000",
        "step | 0s | '0s' is no step; write 1m, 1h or 1d",
        "step | often | 'often' is not a span of time",
        "stauts | error | did you mean status?",
      })
  void saysWhichParameterIsWrongAndWhy(String name, String text, String complaint) {
    ProblemException refused =
        catchThrowableOfType(
            ProblemException.class, () -> StatsRequest.parse(Map.of(name, List.of(text)), NOW));

    assertThat(refused.problem().errors())
        .singleElement()
        .satisfies(error -> {
          assertThat(error.pointer()).isEqualTo(name);
          assertThat(error.detail()).contains(complaint);
        });
  }
}
