package io.puraify.blackbox.engine.match;

import io.puraify.blackbox.core.AssignedId;
import io.puraify.blackbox.core.Attributes;
import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.EventBlock;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Numbers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The block at hand, decoded as far as somebody asks, and for all policies together only once.
 * Reused from block to block, by one thread; all blocks of a {@link FilterIndex} go through one
 * view.
 */
public final class BlockView {

  /** Stands for a row that was looked at and has no text. */
  @SuppressWarnings("StringOperationCanBeSimplified") // An identity of its own.
  private static final String NONE = new String("");

  private static final int FIELDS = Field.values().length;

  private EventBlock block;
  private int generation;
  private final int[][] numbers = new int[FIELDS][];
  private final int[] numbersOf = new int[FIELDS];
  private final @Nullable String[][] labels = new String[FIELDS][];
  private final @Nullable Map<String, Integer>[] byText;
  private final @Nullable Rows[] byLabel = new Rows[FIELDS];
  private final @Nullable String[][] texts = new String[FIELDS][];

  @SuppressWarnings({"unchecked", "rawtypes"}) // Arrays have no type parameters.
  public BlockView(EventBlock block) {
    this.block = block;
    this.byText = new Map[FIELDS];
    read(block);
  }

  /** Turns to another block. */
  public void read(EventBlock next) {
    block = next;
    generation++;
    Arrays.fill(labels, null);
    Arrays.fill(byText, null);
    Arrays.fill(byLabel, null);
    Arrays.fill(texts, null);
  }

  /** Changes with each block: what was worked out for another one does not hold any more. */
  int generation() {
    return generation;
  }

  public EventBlock block() {
    return block;
  }

  public int rows() {
    return block.rows();
  }

  /** The numbers of all rows' labels, 0 for absent; not to be changed. */
  public int[] labelNumbers(Field field) {
    int at = field.ordinal();
    if (numbersOf[at] != generation) {
      if (numbers[at] == null) {
        numbers[at] = new int[EventBlock.MAX_ROWS];
      }
      block.labelNumbers(field, numbers[at]);
      numbersOf[at] = generation;
    }
    return numbers[at];
  }

  /**
   * A label of the block.
   *
   * @param number 1 to the block's {@code labelCount}
   */
  public String label(Field field, int number) {
    @Nullable String[] known = labels[field.ordinal()];
    if (known == null) {
      known = new String[block.labelCount(field) + 1];
      labels[field.ordinal()] = known;
    }
    String text = known[number];
    if (text == null) {
      text = new String(block.label(field, number), StandardCharsets.UTF_8);
      known[number] = text;
    }
    return text;
  }

  /** The number of a label of the block, or 0 where none of its rows has it. */
  int labelNumber(Field field, String text) {
    Map<String, Integer> known = byText[field.ordinal()];
    if (known == null) {
      known = new HashMap<>();
      for (int number = 1; number <= block.labelCount(field); number++) {
        known.put(label(field, number), number);
      }
      byText[field.ordinal()] = known;
    }
    return known.getOrDefault(text, 0);
  }

  /** The block's rows, those with the same label together. */
  Rows rowsByLabel(Field field) {
    Rows known = byLabel[field.ordinal()];
    if (known == null) {
      known = Rows.of(labelNumbers(field), block.rows(), block.labelCount(field));
      byLabel[field.ordinal()] = known;
    }
    return known;
  }

  /**
   * Rows by their label, in their order.
   *
   * @param ends behind the last row of each label, by its number
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Rows(int[] ends, int[] order) {

    static Rows of(int[] numbers, int rows, int labels) {
      int[] ends = new int[labels + 1];
      for (int row = 0; row < rows; row++) {
        ends[numbers[row]]++;
      }
      int[] next = new int[labels + 1];
      for (int number = 1; number <= labels; number++) {
        next[number] = ends[number - 1];
        ends[number] += ends[number - 1];
      }
      int[] order = new int[rows];
      for (int row = 0; row < rows; row++) {
        order[next[numbers[row]]++] = row;
      }
      return new Rows(ends, order);
    }

    int begin(int label) {
      return label == 0 ? 0 : ends[label - 1];
    }

    int end(int label) {
      return ends[label];
    }

    int row(int place) {
      return order[place];
    }
  }

  /** What {@link Event#text(FieldRef)} says of a row. */
  public @Nullable String text(FieldRef ref, int row) {
    return switch (ref) {
      case FieldRef.Known(Field field) -> text(field, row);
      case FieldRef.Attribute(String path) -> {
        String attributes = text(Field.ATTRIBUTES, row);
        yield attributes == null ? null : Attributes.lookup(attributes, path);
      }
    };
  }

  /** What {@link Event#text(Field)} says of a row. */
  public @Nullable String text(Field field, int row) {
    return switch (field.kind()) {
      case LABEL -> {
        int number = labelNumbers(field)[row];
        yield number == 0 ? null : blankAsNull(label(field, number));
      }
      case ID, TEXT, JSON -> decoded(field, row);
      case TIME -> {
        long value = block.integer(field, row);
        yield value == EventBlock.ABSENT ? null : Micros.format(value);
      }
      case INTEGER -> {
        long value = block.integer(field, row);
        yield value == EventBlock.ABSENT ? null : Long.toString(value);
      }
      case DECIMAL -> {
        double value = block.decimal(field, row);
        yield Double.isNaN(value) ? null : Numbers.format(value);
      }
    };
  }

  private static @Nullable String blankAsNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private @Nullable String decoded(Field field, int row) {
    @Nullable String[] known = texts[field.ordinal()];
    if (known == null) {
      known = new String[block.rows()];
      texts[field.ordinal()] = known;
    }
    String text = known[row];
    if (text == null) {
      byte[] bytes = block.text(field, row);
      if (bytes != null) {
        text = new String(bytes, StandardCharsets.UTF_8);
      } else if (field == Field.EVENT_ID) {
        text = AssignedId.of(block.receivedAtMicros(), block.first().value() + row);
      } else {
        text = NONE;
      }
      known[row] = text;
    }
    return sameAsNone(text) ? null : text;
  }

  @SuppressWarnings("ReferenceEquality")
  private static boolean sameAsNone(String text) {
    return text == NONE;
  }

  /** A row as an event: for what happens to few. */
  public Event event(int row) {
    return block.event(row);
  }
}
