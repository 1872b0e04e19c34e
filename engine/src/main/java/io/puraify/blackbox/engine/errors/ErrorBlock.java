package io.puraify.blackbox.engine.errors;

import io.puraify.blackbox.core.Attributes;
import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.EventBlock;
import io.puraify.blackbox.core.Field;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import org.apache.datasketches.hash.MurmurHash3;
import org.jspecify.annotations.Nullable;

/**
 * The errors of a block, column by column: what nobody asks for is not decoded. Reused from block
 * to block, by one thread.
 */
final class ErrorBlock {

  private static final Set<Field> LABELS =
      EnumSet.of(
          Field.PROJECT_ID,
          Field.EVENT_TYPE,
          Field.ENGINE,
          Field.PLATFORM,
          Field.ACTION,
          Field.STATUS,
          Field.SEVERITY,
          Field.ERROR_TYPE,
          Field.FLOW_ID,
          Field.ENVIRONMENT,
          Field.VERSION,
          Field.HOST);

  private static final byte[] FINGERPRINT =
      ('"' + ErrorFacts.FINGERPRINT + '"').getBytes(StandardCharsets.UTF_8);

  private static final byte[] NOTHING = {};
  private static final long SEED = 9_001;

  private final BlockLabels labels = new BlockLabels();
  private final Set<Field> read = EnumSet.copyOf(LABELS);
  private EventBlock block;
  private int row;

  /** Facts of an error in 128 bits: equal facts have equal keys. */
  record Key(long high, long low) {}

  ErrorBlock(EventBlock block) {
    this.block = block;
  }

  /** The fields that are read besides those that always are, from the next block on. */
  void alsoRead(Set<Field> fields) {
    fields.stream().filter(field -> field.kind() == Field.Kind.LABEL).forEach(read::add);
  }

  void read(EventBlock next) {
    block = next;
    labels.read(next, read);
  }

  EventBlock block() {
    return block;
  }

  /** Turns to a row. */
  void at(int next) {
    row = next;
  }

  /** Whether the event can be found in the store, by itself. */
  boolean isStored() {
    return block.storedCount(row) > 0;
  }

  boolean isError() {
    if (ErrorEvents.NO_ERRORS.contains(label(Field.EVENT_TYPE))) {
      return false;
    }
    String status = label(Field.STATUS);
    return ErrorEvents.STATUSES.contains(status)
        || !label(Field.ERROR_TYPE).isEmpty()
        || status.isEmpty() && ErrorEvents.SEVERITIES.contains(label(Field.SEVERITY))
        || block.text(Field.STACK_TRACE, row) != null;
  }

  boolean isChange() {
    return label(Field.EVENT_TYPE).equals(ErrorEvents.ISSUE_CHANGE);
  }

  String label(Field field) {
    return labels.text(field, row);
  }

  byte @Nullable [] bytes(Field field) {
    return block.text(field, row);
  }

  long position() {
    return block.first().value() + row;
  }

  long timestampMicros() {
    long micros = block.integer(Field.TIMESTAMP, row);
    return micros == EventBlock.ABSENT ? block.receivedAtMicros() : micros;
  }

  long receivedMicros() {
    return block.receivedAtMicros();
  }

  /** The id that the sender gave, or {@code null} where it was assigned. */
  @Nullable String sentId() {
    byte[] id = bytes(Field.EVENT_ID);
    return id == null ? null : text(id);
  }

  /** The row as an event of its own. */
  Event event() {
    return block.event(row);
  }

  /** The row's facts, decoded. */
  ErrorFacts facts() {
    return new ErrorFacts(
        fingerprint(),
        text(bytes(Field.STACK_TRACE)),
        label(Field.ERROR_TYPE),
        text(bytes(Field.MESSAGE)),
        label(Field.PLATFORM),
        label(Field.ACTION));
  }

  /**
   * What decides the fingerprint, which is the same in all projects.
   *
   * @param more fields that decide it as well
   */
  Key content(Set<Field> more) {
    long[] hash = {SEED, 0};
    hash = hash(hash, label(Field.ERROR_TYPE).getBytes(StandardCharsets.UTF_8));
    hash = hash(hash, label(Field.PLATFORM).getBytes(StandardCharsets.UTF_8));
    hash = hash(hash, label(Field.ACTION).getBytes(StandardCharsets.UTF_8));
    hash = hash(hash, bytes(Field.MESSAGE));
    hash = hash(hash, bytes(Field.STACK_TRACE));
    hash = hash(hash, fingerprint().getBytes(StandardCharsets.UTF_8));
    for (Field field : more) {
      hash = hash(hash, value(field));
    }
    return new Key(hash[0], hash[1]);
  }

  /** What decides the fingerprint where the stack trace does. */
  Key trace() {
    long[] hash = {SEED, 1};
    hash = hash(hash, label(Field.ERROR_TYPE).getBytes(StandardCharsets.UTF_8));
    hash = hash(hash, bytes(Field.STACK_TRACE));
    hash = hash(hash, fingerprint().getBytes(StandardCharsets.UTF_8));
    return new Key(hash[0], hash[1]);
  }

  /** What decides the group: the content, within its project. */
  Key key(Key content) {
    long[] hash = {content.high, content.low};
    hash = hash(hash, label(Field.PROJECT_ID).getBytes(StandardCharsets.UTF_8));
    return new Key(hash[0], hash[1]);
  }

  /** What an event has in a field, as bytes that are others where the value is another. */
  private byte @Nullable [] value(Field field) {
    return switch (field.kind()) {
      case LABEL -> label(field).getBytes(StandardCharsets.UTF_8);
      case TEXT, JSON -> bytes(field);
      case ID, TIME, INTEGER, DECIMAL -> {
        if (field.kind() == Field.Kind.ID && field != Field.EVENT_ID) {
          yield bytes(field);
        }
        String text = event().text(field);
        yield text == null ? null : text.getBytes(StandardCharsets.UTF_8);
      }
    };
  }

  private static long[] hash(long[] before, byte @Nullable [] text) {
    byte[] bytes = text == null ? NOTHING : text;
    long[] hash =
        bytes.length == 0
            ? new long[] {31 * before[0] + 1, 31 * before[1] + 1}
            : MurmurHash3.hash(bytes, before[0]);
    hash[1] ^= Long.rotateLeft(before[1], 27) * 0x9e3779b97f4a7c15L;
    return hash;
  }

  private String fingerprint() {
    byte[] attributes = bytes(Field.ATTRIBUTES);
    if (attributes == null || !contains(attributes, FINGERPRINT)) {
      return "";
    }
    String sent = Attributes.lookup(text(attributes), ErrorFacts.FINGERPRINT);
    return sent == null ? "" : sent;
  }

  private static boolean contains(byte[] text, byte[] part) {
    for (int i = 0; i + part.length <= text.length; i++) {
      int at = 0;
      while (at < part.length && text[i + at] == part[at]) {
        at++;
      }
      if (at == part.length) {
        return true;
      }
    }
    return false;
  }

  private static String text(byte @Nullable [] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }
}
