package io.puraify.blackbox.engine.alerts.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Severity;
import io.puraify.blackbox.engine.alerts.policy.Condition;
import io.puraify.blackbox.engine.alerts.policy.Threshold;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WindowTest {

  private static final List<Threshold> THRESHOLDS =
      List.of(
          new Threshold(Severity.CRITICAL, 902, 901, List.of()),
          new Threshold(Severity.HIGH, 900, 899, List.of()),
          new Threshold(Severity.LOW, 898, 897, List.of()));

  /** A sketch of so many numbers knows the percentile to one in a hundred of them. */
  @ParameterizedTest
  @EnumSource
  void aPercentileReachesALimitExactlyAlsoWhereThatIsAskedLate(Condition.Compare compare) {
    var condition =
        new Condition(
            Condition.Kind.PERCENTILE,
            Duration.ofHours(1),
            List.of(),
            new FieldRef.Known(Field.DURATION_MS),
            0.9,
            compare,
            0);
    Window window = new Window(condition, THRESHOLDS);
    Random random = new Random(1);
    double[] numbers = new double[20_000];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = random.nextInt(1_000);
      window.add(i, false, null, numbers[i]);
      if (i >= 10_000 && i % 500 == 0) {
        double[] sorted = Arrays.copyOf(numbers, i + 1);
        Arrays.sort(sorted);
        double percentile = sorted[(int) Math.ceil(0.9 * sorted.length) - 1];
        for (Threshold threshold : THRESHOLDS) {
          assertThat(window.reached(threshold.value(), i))
              .isEqualTo(compare.reached(percentile, threshold.value()));
          assertThat(window.reached(threshold.recovery(), i))
              .isEqualTo(compare.reached(percentile, threshold.recovery()));
        }
      }
    }
  }
}
