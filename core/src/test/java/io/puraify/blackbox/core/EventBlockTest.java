package io.puraify.blackbox.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventBlockTest {

  @Test
  void whatWasSetIsReadBack() {
    EventBlockBuilder builder = new EventBlockBuilder();
    label(builder, Field.PROJECT_ID, "pf_1");
    builder.integer(Field.TIMESTAMP, 42);
    builder.decimal(Field.DURATION_MS, 1.5);
    text(builder, Field.MESSAGE, "grün");
    builder.endRow();
    EventBlock block = new EventBlock(new Position(7), builder.seal(99));

    assertThat(block.event(0))
        .isEqualTo(
            Event.at(7)
                .set(Field.PROJECT_ID, "pf_1")
                .set(Field.TIMESTAMP, 42)
                .set(Field.RECEIVED_AT, 99)
                .set(Field.DURATION_MS, 1.5)
                .set(Field.MESSAGE, "grün")
                .build());
    assertThat(block.end()).isEqualTo(new Position(8));
    assertThat(block.has(Field.USER_ID)).isFalse();
  }

  @Test
  void labelsHaveNumbers() {
    EventBlockBuilder builder = new EventBlockBuilder();
    for (String status : new String[] {"a", "none", "b", "a"}) {
      label(builder, Field.STATUS, status);
      if (status.equals("none")) {
        builder.unset(Field.STATUS);
      }
      builder.endRow();
    }
    EventBlock block = new EventBlock(Position.START, builder.seal(0));
    int[] numbers = new int[4];
    block.labelNumbers(Field.STATUS, numbers);

    assertThat(numbers).containsExactly(1, 0, 2, 1);
    assertThat(block.labelCount(Field.STATUS)).isEqualTo(2);
    assertThat(block.label(Field.STATUS, 2)).asString().isEqualTo("b");
    block.labelNumbers(Field.PLATFORM, numbers);
    assertThat(numbers).containsOnly(0);
    assertThat(block.labelCount(Field.PLATFORM)).isZero();
  }

  @Test
  void theLastValueOfAFieldCountsAndADroppedRowLeavesNothing() {
    EventBlockBuilder builder = new EventBlockBuilder();
    label(builder, Field.STATUS, "first");
    label(builder, Field.STATUS, "second");
    text(builder, Field.MESSAGE, "long text");
    text(builder, Field.MESSAGE, "short");
    builder.endRow();
    label(builder, Field.STATUS, "dropped");
    text(builder, Field.MESSAGE, "dropped");
    builder.integer(Field.RETRIES, 3);
    builder.dropRow();
    builder.endRow();
    EventBlock block = new EventBlock(Position.START, builder.seal(0));

    assertThat(block.rows()).isEqualTo(2);
    assertThat(block.event(0).text(Field.STATUS)).isEqualTo("second");
    assertThat(block.event(0).text(Field.MESSAGE)).isEqualTo("short");
    assertThat(block.event(1).text(Field.STATUS)).isNull();
    assertThat(block.event(1).text(Field.MESSAGE)).isNull();
    assertThat(block.has(Field.RETRIES)).isFalse();
    assertThat(new String(block.encoded(), StandardCharsets.ISO_8859_1)).doesNotContain("dropped");
  }

  @Test
  void labelsAreNormalisedOnceADifferentOne() {
    List<String> asked = new ArrayList<>();
    EventBlockBuilder builder =
        new EventBlockBuilder((field, label) -> {
          asked.add(new String(label, StandardCharsets.UTF_8));
          return "x".getBytes(StandardCharsets.UTF_8);
        });
    for (String status : new String[] {"a", "b", "a", "a", "b"}) {
      label(builder, Field.STATUS, status);
      builder.endRow();
    }
    EventBlock block = new EventBlock(Position.START, builder.seal(0));

    assertThat(asked).containsExactly("a", "b");
    assertThat(block.event(4).text(Field.STATUS)).isEqualTo("x");
  }

  /** Random rows, some dropped, over several blocks of one builder, against a plain list. */
  @Test
  void randomRowsAreReadBackBlockAfterBlock() {
    Random random = new Random(20260102);
    EventBlockBuilder builder = new EventBlockBuilder();
    for (int round = 0; round < 30; round++) {
      List<Event> kept = new ArrayList<>();
      int rows = random.nextInt(1, 600);
      while (kept.size() < rows) {
        Event event = randomRow(random, builder, kept.size());
        if (random.nextInt(10) == 0) {
          builder.dropRow();
        } else {
          builder.endRow();
          kept.add(event);
        }
      }
      EventBlock block = new EventBlock(Position.START, builder.seal(5));
      for (int row = 0; row < rows; row++) {
        assertThat(block.event(row)).isEqualTo(kept.get(row));
      }
    }
  }

  private static Event randomRow(Random random, EventBlockBuilder builder, int row) {
    Event.Builder event = Event.at(row).set(Field.RECEIVED_AT, 5);
    for (Field field : Field.values()) {
      if (field == Field.RECEIVED_AT || random.nextInt(3) == 0) {
        continue;
      }
      switch (field.kind()) {
        case LABEL -> {
          String value = "label" + random.nextInt(random.nextBoolean() ? 3 : 500);
          label(builder, field, value);
          event.set(field, value);
        }
        case ID, TEXT, JSON -> {
          String value = "t".repeat(random.nextInt(40)) + random.nextInt();
          text(builder, field, value);
          event.set(field, value);
        }
        case TIME, INTEGER -> {
          builder.integer(field, row);
          event.set(field, row);
        }
        case DECIMAL -> {
          builder.decimal(field, row / 4.0);
          event.set(field, row / 4.0);
        }
      }
    }
    return event.build();
  }

  /** No damage may lead outside the block: it is refused, or reads as other values. */
  @Test
  void aDamagedBlockIsRefusedOrReadWithoutHarm() {
    Random random = new Random(20260103);
    EventBlockBuilder builder = new EventBlockBuilder();
    for (int row = 0; row < 20; row++) {
      randomRow(random, builder, row);
      builder.endRow();
    }
    byte[] good = builder.seal(5);
    for (int round = 0; round < 20_000; round++) {
      byte[] damaged = good.clone();
      for (int i = 0; i <= random.nextInt(3); i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      EventBlock block;
      try {
        block = new EventBlock(Position.START, damaged);
      } catch (IllegalArgumentException refused) {
        continue;
      }
      for (int row = 0; row < block.rows(); row++) {
        assertThat(block.event(row)).isNotNull();
      }
    }
  }

  private static void label(EventBlockBuilder builder, Field field, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    builder.label(field, bytes, 0, bytes.length);
  }

  private static void text(EventBlockBuilder builder, Field field, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    builder.text(field, bytes, 0, bytes.length);
  }
}
