package io.puraify.blackbox.engine.performance;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.core.Measure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DurationSketchTest {

  private static final double[] PERCENTS = {0, 1, 25, 50, 75, 90, 95, 99, 99.9, 100};

  /** Durations as services have them. */
  enum Shape {
    LOG_NORMAL,
    NARROW,
    EXPONENTIAL,
    WHOLE_MILLISECONDS,
    UNIFORM,
    CACHE_AND_TIMEOUTS,
    ALWAYS_THE_SAME,
    NOTHING,
    OVER_ALL_MAGNITUDES;

    double next(Random random) {
      return switch (this) {
        case LOG_NORMAL -> Math.exp(6 + 0.55 * random.nextGaussian());
        case NARROW -> 900 + 20 * random.nextGaussian();
        case EXPONENTIAL -> -250 * Math.log(1 - random.nextDouble());
        case WHOLE_MILLISECONDS -> Math.floor(Math.exp(3 + 0.5 * random.nextGaussian()));
        case UNIFORM -> 5_000 * random.nextDouble();
        case CACHE_AND_TIMEOUTS -> {
          double which = random.nextDouble();
          yield which < 0.6 ? 2 : which < 0.9 ? 300 + 50 * random.nextGaussian() : 30_000;
        }
        case ALWAYS_THE_SAME -> 1_234.567;
        case NOTHING -> 0;
        case OVER_ALL_MAGNITUDES -> Math.pow(10, -6 + 15 * random.nextDouble());
      };
    }
  }

  private static DurationSketch sketch(double... millis) {
    int[] keys = Arrays.stream(millis).mapToInt(DurationSketch::keyOf).toArray();
    return DurationSketch.of(keys, 0, keys.length);
  }

  /** How far, as a share of all values, a percentile is from where it should be. */
  private static double rankError(double[] sorted, double percent, double value) {
    double tolerance = value * Math.scalb(1.0, -DurationSketch.COARSE_BITS);
    long below = Arrays.stream(sorted).filter(each -> each < value - tolerance).count();
    long upTo = Arrays.stream(sorted).filter(each -> each <= value + tolerance).count();
    double rank = Measure.Percentile.rank(sorted.length, percent);
    double error = rank <= below ? below + 1 - rank : Math.max(0, rank - upTo);
    return error / sorted.length;
  }

  @ParameterizedTest
  @EnumSource
  void percentilesOfMergedSummariesAreWithinOnePercentOfTheRank(Shape shape) {
    Random random = new Random(20260104);
    for (int size : new int[] {1, 2, 10, 500, 5_000, 60_000}) {
      List<Double> all = new ArrayList<>();
      Durations merged = new Durations();
      while (all.size() < size) {
        // As many hours as there are parts, each of some minutes, a day summed up again.
        DurationSketch day = DurationSketch.EMPTY;
        for (int hour = 0; hour < 4; hour++) {
          DurationSketch sum = DurationSketch.EMPTY;
          for (int minute = 0; minute < 6; minute++) {
            double[] millis = new double[Math.max(1, size / 60)];
            for (int i = 0; i < millis.length; i++) {
              millis[i] = Math.max(0, shape.next(random));
              all.add(millis[i]);
            }
            sum = sum.merge(sketch(millis));
          }
          day = day.merge(sum.summary());
        }
        merged.add(day.summary());
      }
      double[] sorted = all.stream().mapToDouble(each -> each).sorted().toArray();
      List<Double> values = merged.percentiles(PERCENTS);
      assertThat(merged.count()).isEqualTo(sorted.length);
      for (int i = 0; i < PERCENTS.length; i++) {
        assertThat(rankError(sorted, PERCENTS[i], values.get(i)))
            .as("p%s of %d", PERCENTS[i], sorted.length)
            .isLessThan(0.01);
      }
    }
  }

  @Test
  void fewValuesAreKeptAsTheyAre() {
    Durations durations = new Durations();
    durations.add(sketch(842, 0, 4_232, 842, 12_345.678));

    assertThat(durations.percentiles(0, 20, 40, 80, 100))
        .containsExactly(0.0, 0.0, 842.0, 4_232.0, 12_345.678);
    assertThat(new Durations().percentiles(50)).containsExactly((Double) null);
  }

  @Test
  void frequentRoundValuesStayAsTheyAreAmongManyOthers() {
    double[] millis = new double[50_000];
    Random random = new Random(1);
    for (int i = 0; i < millis.length; i++) {
      millis[i] = i % 20 == 0 ? 30_000 : 100_000 * random.nextDouble();
    }
    DurationSketch sketch = sketch(millis);
    assertThat(sketch.coarse()).isTrue();
    Durations durations = new Durations();
    durations.add(sketch.summary().merge(sketch.summary()).summary());

    assertThat(durations.percentiles(30)).containsExactly(30_000.0);
  }

  @Test
  void theOrderInWhichPartsAreMergedDoesNotMatter() {
    Random random = new Random(20260105);
    for (int round = 0; round < 200; round++) {
      double[] millis = new double[random.nextInt(1, 3_000)];
      Arrays.setAll(millis, i -> Math.floor(1e5 * random.nextDouble()) / 16);
      List<DurationSketch> parts = new ArrayList<>();
      for (int from = 0; from < millis.length; ) {
        int to = Math.min(millis.length, from + random.nextInt(1, 900));
        parts.add(sketch(Arrays.copyOfRange(millis, from, to)));
        from = to;
      }
      java.util.Collections.shuffle(parts, random);
      while (parts.size() > 1) {
        DurationSketch one = parts.remove(random.nextInt(parts.size()));
        parts.set(0, parts.getFirst().merge(one));
      }

      assertThat(parts.getFirst()).isEqualTo(sketch(millis));
    }
  }

  @Test
  void summariesAreSmall() {
    Random random = new Random(7);
    double[] millis = new double[200_000];
    Arrays.setAll(millis, i -> Math.exp(6 + 1.5 * random.nextGaussian()));
    DurationSketch summary = sketch(millis).summary();

    assertThat(summary.size()).isLessThanOrEqualTo(DurationSketch.MAX_EXACT + 1);
    assertThat(summary.count()).isEqualTo(millis.length);
  }
}
