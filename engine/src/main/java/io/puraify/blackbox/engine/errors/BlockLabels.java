package io.puraify.blackbox.engine.errors;

import io.puraify.blackbox.core.EventBlock;
import io.puraify.blackbox.core.Field;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The labels of the block at hand, each decoded once. Reused from block to block, by one thread.
 */
final class BlockLabels {

  private final Map<Field, Column> columns = new EnumMap<>(Field.class);

  private static final class Column {
    private final int[] numbers = new int[EventBlock.MAX_ROWS];
    private @Nullable String[] texts = {""};
  }

  void read(EventBlock block, Set<Field> fields) {
    for (Field field : fields) {
      Column column = columns.computeIfAbsent(field, key -> new Column());
      block.labelNumbers(field, column.numbers);
      column.texts = new String[block.labelCount(field) + 1];
      column.texts[0] = "";
      for (int i = 1; i < column.texts.length; i++) {
        column.texts[i] = new String(block.label(field, i), StandardCharsets.UTF_8);
      }
    }
  }

  /** A row's label; empty where it has none. */
  String text(Field field, int row) {
    Column column = columns.get(field);
    String text = column == null ? null : column.texts[column.numbers[row]];
    return text == null ? "" : text;
  }
}
