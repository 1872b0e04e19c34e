package io.puraify.blackbox.engine.alerts.evaluate;

import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.engine.match.BlockView;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an error has in common with others of its kind, as a hash: project, engine, platform, action
 * and error type; where there is no type, the words of its message that have no digit. Coarser than
 * the groups of the Error Aggregator, and cheap enough for every error.
 */
final class ErrorShape {

  private static final Field[] FIELDS = {
    Field.PROJECT_ID, Field.ENGINE, Field.PLATFORM, Field.ACTION, Field.ERROR_TYPE
  };

  /** Longer messages are alike or not by their beginning. */
  private static final int MOST_CHARACTERS = 200;

  private static final long MIX = 0x9e3779b97f4a7c15L;

  private ErrorShape() {}

  /** What it depends on. */
  static Set<Field> fields() {
    Set<Field> fields = EnumSet.of(Field.MESSAGE);
    fields.addAll(List.of(FIELDS));
    return fields;
  }

  static long of(BlockView view, int row) {
    long hash = 1;
    for (Field field : FIELDS) {
      String text = view.text(field, row);
      hash = mix(hash, text == null ? 0 : hash(text));
    }
    if (view.labelNumbers(Field.ERROR_TYPE)[row] == 0) {
      hash = mix(hash, words(view.text(Field.MESSAGE, row)));
    }
    return hash;
  }

  /**
   * 64 bits of a text; two of them of {@link String#hashCode}, which the JVM keeps, would do less.
   */
  private static long hash(String text) {
    return mix(text.hashCode(), text.length());
  }

  private static long words(@Nullable String message) {
    long hash = 0;
    long word = 0;
    boolean number = false;
    int end = message == null ? 0 : Math.min(message.length(), MOST_CHARACTERS);
    for (int i = 0; message != null && i <= end; i++) {
      char next = i == end ? ' ' : message.charAt(i);
      if (Character.isLetterOrDigit(next)) {
        number |= Character.isDigit(next);
        word = 31 * word + next;
      } else if (word != 0) {
        hash = mix(hash, number ? 1 : word);
        word = 0;
        number = false;
      }
    }
    return hash;
  }

  private static long mix(long hash, long more) {
    long mixed = (hash ^ more) * MIX;
    return mixed ^ (mixed >>> 29);
  }
}
