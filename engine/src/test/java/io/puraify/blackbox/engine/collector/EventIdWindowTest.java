package io.puraify.blackbox.engine.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventIdWindowTest {

  private static final long NOON = 1_753_444_800;

  @Test
  void aRepeatIsKnownForADay() {
    EventIdWindow window = new EventIdWindow();
    assertThat(window.add(id(1), NOON)).isTrue();
    assertThat(window.add(id(1), NOON + 86_400)).isFalse();
    assertThat(window.add(id(1), NOON + 86_401)).isTrue();
  }

  @Test
  void theSameIdOfTwoProjectsIsTwoIds() {
    byte[] id = "1".getBytes(StandardCharsets.UTF_8);
    EventIdHash first = EventIdHash.of("a".getBytes(StandardCharsets.UTF_8), id, 0, 1);
    EventIdHash second = EventIdHash.of("b".getBytes(StandardCharsets.UTF_8), id, 0, 1);
    assertThat(first).isNotEqualTo(second);
  }

  @Test
  void hashesAreTheSameForEver() {
    byte[] project = "pf_1".getBytes(StandardCharsets.UTF_8);
    byte[] id = "evt-000000000001".getBytes(StandardCharsets.UTF_8);
    EventIdHash hash = EventIdHash.of(project, id, 0, id.length);
    assertThat("%016x%016x".formatted(hash.high(), hash.low()))
        .isEqualTo("643842955de3671ebdcacaf3aab69833");
  }

  @Test
  void theLatestIdsAreKept() {
    EventIdWindow window = new EventIdWindow(10);
    for (int i = 0; i < 11; i++) {
      window.add(id(i), NOON);
    }
    assertThat(window.size()).isEqualTo(10);
    assertThat(window.add(id(10), NOON)).isFalse();
    assertThat(window.add(id(0), NOON)).isTrue();
  }

  /** Adds, repeats, removals and the passing of time, against a plain map. */
  @Test
  void itAgreesWithAPlainMap() {
    Random random = new Random(20260105);
    EventIdWindow window = new EventIdWindow(5_000);
    Map<Integer, Long> seen = new HashMap<>();
    long now = NOON;
    for (int round = 0; round < 200_000; round++) {
      now += random.nextInt(40);
      int n = random.nextInt(8_000);
      Long before = seen.get(n);
      boolean isNew = before == null || before < now - 86_400;
      if (random.nextInt(20) == 0) {
        window.remove(id(n));
        seen.remove(n);
        continue;
      }
      // About 4,300 ids fit a day here, so that the bound is not what makes room.
      assertThat(window.add(id(n), now)).as("round %d", round).isEqualTo(isNew);
      if (isNew) {
        seen.put(n, now);
      }
    }
    assertThat(window.size()).isLessThan(5_000);
  }

  private static EventIdHash id(int n) {
    byte[] project = "p".getBytes(StandardCharsets.UTF_8);
    byte[] id = Integer.toString(n).getBytes(StandardCharsets.UTF_8);
    return EventIdHash.of(project, id, 0, id.length);
  }
}
