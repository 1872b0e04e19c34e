package io.puraify.blackbox.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ServerMetricsTest {

  private static final ServerMetrics METRICS =
      ServerMetrics.parse(
          """
          # HELP blackbox_consumer_cpu_seconds_total CPU time of the thread
          # TYPE blackbox_consumer_cpu_seconds_total counter
          blackbox_consumer_cpu_seconds_total{consumer="errors"} 2.5
          blackbox_consumer_cpu_seconds_total{consumer="performance"} 1.25E-1
          blackbox_consumer_lag_events{consumer="errors"} 1.2345678E7
          blackbox_errors_groups 3.0
          """);

  @Test
  void valuesAreFoundByTheirNamesWithLabels() {
    assertThat(METRICS.value("blackbox_errors_groups")).isEqualTo(3);
    assertThat(METRICS.cpu("errors")).isEqualTo(2.5);
    assertThat(METRICS.cpu("performance")).isEqualTo(0.125);
    assertThat(METRICS.lag("errors")).isEqualTo(12_345_678);
  }

  @Test
  void whatIsSwitchedOffHasNothing() {
    assertThat(METRICS.cpu("audit")).isZero();
    assertThat(METRICS.lag("audit")).isZero();
  }

  @Test
  void aCostIsAPartOfWhatAllProcessorsHadToGive() {
    int processors = Runtime.getRuntime().availableProcessors();
    ConsumerCost cost = new ConsumerCost(4, 2, 10).since(new ConsumerCost(1, 1, 0));
    assertThat(cost.percent(Duration.ofSeconds(10)))
        .isCloseTo(100.0 * 4 / (10 * processors), within(1e-9));
    assertThat(cost.lag()).isEqualTo(10);
  }
}
