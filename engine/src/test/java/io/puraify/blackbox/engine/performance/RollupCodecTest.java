package io.puraify.blackbox.engine.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RollupCodecTest {

  private static Rollup random(Random random) {
    int timed = random.nextInt(4) == 0 ? 0 : random.nextInt(1, random.nextBoolean() ? 5 : 2_000);
    int[] keys = new int[timed];
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < timed; i++) {
      double millis =
          random.nextBoolean() ? random.nextInt(100) : Math.exp(9 * random.nextDouble());
      keys[i] = DurationSketch.keyOf(millis);
      min = Math.min(min, millis);
      max = Math.max(max, millis);
    }
    return new Rollup(
        timed + random.nextInt(1, 3),
        random.nextInt(3),
        random.nextInt(2),
        random.nextInt(3),
        timed,
        timed == 0 ? 0 : random.nextLong(Long.MAX_VALUE),
        min,
        max,
        DurationSketch.of(keys, 0, timed));
  }

  @Test
  void whatIsWrittenIsReadWhetherOthersArePassedOverOrNot() {
    Random random = new Random(20260106);
    for (int round = 0; round < 300; round++) {
      SortedMap<Integer, Rollup> rollups = new TreeMap<>();
      for (int i = random.nextInt(8); i >= 0; i--) {
        rollups.put(random.nextInt(2_000), random(random));
      }
      byte[] encoded = RollupCodec.encode(rollups);
      assertThat(RollupCodec.decode(encoded)).isEqualTo(rollups);

      int wanted = rollups.lastKey();
      SortedMap<Integer, Rollup> read = new TreeMap<>();
      RollupCodec.read(
          encoded,
          new RollupCodec.Reader() {
            @Override
            public boolean wants(int series) {
              return series == wanted;
            }

            @Override
            public void rollup(int series, Rollup rollup) {
              read.put(series, rollup);
            }
          });
      assertThat(read).containsOnly(java.util.Map.entry(wanted, rollups.get(wanted)));
    }
  }

  @Test
  void aFewEventsTakeAFewBytes() {
    int[] keys = {DurationSketch.keyOf(842), DurationSketch.keyOf(178), DurationSketch.keyOf(640)};
    Rollup rollup = new Rollup(3, 0, 0, 0, 3, 1_660_000, 178, 842, DurationSketch.of(keys, 0, 3));

    byte[] encoded = RollupCodec.encode(new TreeMap<>(java.util.Map.of(17, rollup)));

    assertThat(encoded.length).isLessThanOrEqualTo(28);
  }

  @Test
  void anotherFormatIsRefused() {
    assertThatThrownBy(() -> RollupCodec.decode(new byte[] {9}))
        .hasMessage("rollups of format 9, of which this version knows 1");
  }
}
