package io.puraify.blackbox.engine;

import io.puraify.blackbox.core.EventBlockBuilder;
import io.puraify.blackbox.core.Field;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/** Events whose messages are numbers, so that a gap or a repeat is seen. */
public final class NumberedEvents {

  private NumberedEvents() {}

  /** The events {@code from} to {@code to} as the journal takes them. */
  public static byte[] block(int from, int to) {
    EventBlockBuilder builder = new EventBlockBuilder();
    for (int i = from; i < to; i++) {
      byte[] message = Integer.toString(i).getBytes(StandardCharsets.UTF_8);
      builder.text(Field.MESSAGE, message, 0, message.length);
      builder.endRow();
    }
    return builder.seal(0);
  }

  /** Their messages. */
  public static List<String> messages(int from, int to) {
    return IntStream.range(from, to).mapToObj(Integer::toString).toList();
  }
}
