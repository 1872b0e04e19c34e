package io.puraify.blackbox.engine.audit;

import io.puraify.blackbox.core.Micros;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A checkpoint in one line: the lines of the text that is signed with {@code |} between them, and
 * the signature behind it. So nothing has to be made anew to check the signature.
 */
final class CheckpointLine {

  private static final String FIRST = "blackbox audit checkpoint v1";
  private static final String SIGNATURE = "signature";

  private CheckpointLine() {}

  static String of(Checkpoint checkpoint) {
    return checkpoint.content().text().strip().replace('\n', '|')
        + "|"
        + SIGNATURE
        + " "
        + Base64Text.of(checkpoint.signature());
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException where it is none
   */
  static Checkpoint parse(String line) {
    String[] parts = line.split("\\|", -1);
    if (!parts[0].equals(FIRST)) {
      throw new IllegalArgumentException("it does not begin with '%s'".formatted(FIRST));
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (String part : Arrays.asList(parts).subList(1, parts.length)) {
      int space = part.indexOf(' ');
      if (space < 0) {
        throw new IllegalArgumentException("'%s' has no value".formatted(part));
      }
      values.put(part.substring(0, space), part.substring(space + 1));
    }
    Checkpoint read =
        new Checkpoint(
            new Checkpoint.Content(
                number(values, "number"),
                number(values, "leaves"),
                number(values, "position"),
                bytes(values, "root"),
                time(value(values, "time")),
                number(values, "gaps"),
                bytes(values, "last-gap"),
                bytes(values, "previous")),
            bytes(values, SIGNATURE));
    if (!of(read).equals(line)) {
      throw new IllegalArgumentException("it is not written as checkpoints are");
    }
    return read;
  }

  private static String value(Map<String, String> values, String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("it has no " + name);
    }
    return value;
  }

  private static long time(String text) {
    try {
      return Micros.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("'%s' is no time".formatted(text), e);
    }
  }

  private static long number(Map<String, String> values, String name) {
    return Long.parseLong(value(values, name));
  }

  private static byte[] bytes(Map<String, String> values, String name) {
    return Base64Text.bytes(value(values, name));
  }
}
