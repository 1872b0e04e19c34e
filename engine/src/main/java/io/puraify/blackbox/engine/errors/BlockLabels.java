package io.puraify.blackbox.engine.errors;

import io.puraify.blackbox.core.EventBlock;
import io.puraify.blackbox.core.Field;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The labels of the block at hand, each decoded once, and those that nobody asks for not at all.
 * Reused from block to block, by one thread.
 */
final class BlockLabels {

  private final Map<Field, Column> columns = new EnumMap<>(Field.class);

  private static final class Column {
    private final int[] numbers = new int[EventBlock.MAX_ROWS];
    private @Nullable String[] texts = new String[1];
  }

  private @Nullable EventBlock block;

  void read(EventBlock next, Set<Field> fields) {
    block = next;
    for (Field field : fields) {
      Column column = columns.computeIfAbsent(field, key -> new Column());
      next.labelNumbers(field, column.numbers);
      column.texts = new String[next.labelCount(field) + 1];
    }
  }

  /** A row's label; empty where it has none. */
  String text(Field field, int row) {
    Column column = columns.get(field);
    int number = column == null ? 0 : column.numbers[row];
    if (column == null || block == null || number == 0) {
      return "";
    }
    String text = column.texts[number];
    if (text == null) {
      text = new String(block.label(field, number), StandardCharsets.UTF_8);
      column.texts[number] = text;
    }
    return text;
  }
}
