package io.puraify.blackbox.engine.audit;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.EventBlock;
import io.puraify.blackbox.core.Field;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The digest of one event: SHA-256 over its canonical form, which can be made of what the journal
 * keeps and of what any store returns, byte for byte the same.
 *
 * <p>The form, version {@value #VERSION}, big-endian: the version (1 byte), the position (8), then
 * for each field that the event has, in the order of the fields' codes, the code (1) and the value:
 * a text as its length in bytes (4) and its UTF-8; a time or a whole number (8); a decimal number
 * as its IEEE 754 bits (8). An id that was assigned counts as absent, because it is computed from
 * the position and the time of receipt.
 *
 * <p>It is the form of what is stored: of an event that stands for several it has their count, and
 * not what they do not have in common. One that is folded into another is not stored; its digest is
 * {@link Sha256#BYTES} zeros, which no event has.
 *
 * <p>For one thread: its buffers are used again.
 */
final class EventDigest {

  /**
   * Differs from what RFC 6962 puts before leaves and nodes, so that neither passes for an event.
   */
  static final byte VERSION = 2;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final List<Field> FIELDS =
      Arrays.stream(Field.values()).sorted((a, b) -> Integer.compare(a.code(), b.code())).toList();

  private final MessageDigest digest = Sha256.digest();
  private byte[] form = new byte[4_096];
  private int length;

  // What is known of the block at hand.
  private @Nullable EventBlock block;
  private Field[] present = new Field[0];
  private byte[][][] labels = new byte[0][][];
  private int[][] numbers = new int[0][];

  /** Writes the digest of one row of a block to {@code into[at…]}. Rows in order cost least. */
  void of(EventBlock events, int row, byte[] into, int at) {
    if (events != block) {
      read(events);
    }
    int count = events.storedCount(row);
    if (count == 0) {
      Arrays.fill(into, at, at + Sha256.BYTES, (byte) 0);
      return;
    }
    begin(events.first().value() + row);
    for (int i = 0; i < present.length; i++) {
      Field field = present[i];
      switch (field.kind()) {
        case LABEL -> label(labels[i], numbers[i][row]);
        case ID, TEXT, JSON -> {
          if (events.isStored(field, row)) {
            text(events, field, row);
          }
        }
        case TIME, INTEGER -> {
          long value = events.integer(field, row);
          if (value != EventBlock.ABSENT) {
            number(field, value);
          }
        }
        case DECIMAL -> {
          double value = events.decimal(field, row);
          if (!Double.isNaN(value)) {
            number(field, Double.doubleToRawLongBits(value));
          }
        }
      }
    }
    if (count > 1) {
      // Of all fields the one with the highest code.
      number(Field.COUNT, count);
    }
    finish(into, at);
  }

  /** The same for an event that was read from a store. */
  void of(Event event, byte[] into, int at) {
    write(event);
    finish(into, at);
  }

  /** The canonical form itself. */
  byte[] form(Event event) {
    write(event);
    return Arrays.copyOf(form, length);
  }

  private void write(Event event) {
    begin(event.position());
    for (Field field : FIELDS) {
      switch (field.kind()) {
        case LABEL, ID, TEXT, JSON -> {
          String text = event.given(field);
          if (text != null) {
            text(field, text.getBytes(StandardCharsets.UTF_8));
          }
        }
        case TIME, INTEGER -> {
          Long value = event.integer(field);
          if (value != null) {
            number(field, value);
          }
        }
        case DECIMAL -> {
          Double value = event.decimal(field);
          if (value != null) {
            number(field, Double.doubleToRawLongBits(value));
          }
        }
      }
    }
  }

  private void read(EventBlock events) {
    present = FIELDS.stream().filter(events::has).toArray(Field[]::new);
    labels = new byte[present.length][][];
    numbers = new int[present.length][];
    for (int i = 0; i < present.length; i++) {
      Field field = present[i];
      if (field.kind() == Field.Kind.LABEL) {
        labels[i] = new byte[events.labelCount(field)][];
        for (int number = 1; number <= labels[i].length; number++) {
          length = 0;
          text(field, events.label(field, number));
          labels[i][number - 1] = Arrays.copyOf(form, length);
        }
        numbers[i] = new int[events.rows()];
        events.labelNumbers(field, numbers[i]);
      }
    }
    block = events;
  }

  private void begin(long position) {
    form[0] = VERSION;
    LONG.set(form, 1, position);
    length = 1 + Long.BYTES;
  }

  private void label(byte[][] forms, int number) {
    if (number > 0) {
      byte[] label = forms[number - 1];
      room(label.length);
      System.arraycopy(label, 0, form, length, label.length);
      length += label.length;
    }
  }

  private void text(EventBlock events, Field field, int row) {
    int bytes = events.textLength(field, row);
    if (bytes > 0) {
      room(1 + Integer.BYTES + bytes);
      form[length] = (byte) field.code();
      INT.set(form, length + 1, bytes);
      events.copyText(field, row, form, length + 1 + Integer.BYTES);
      length += 1 + Integer.BYTES + bytes;
    }
  }

  private void text(Field field, byte[] text) {
    if (text.length > 0) {
      room(1 + Integer.BYTES + text.length);
      form[length] = (byte) field.code();
      INT.set(form, length + 1, text.length);
      System.arraycopy(text, 0, form, length + 1 + Integer.BYTES, text.length);
      length += 1 + Integer.BYTES + text.length;
    }
  }

  private void number(Field field, long bits) {
    room(1 + Long.BYTES);
    form[length] = (byte) field.code();
    LONG.set(form, length + 1, bits);
    length += 1 + Long.BYTES;
  }

  private void room(int bytes) {
    if (form.length - length < bytes) {
      form = Arrays.copyOf(form, Math.max(2 * form.length, length + bytes));
    }
  }

  private void finish(byte[] into, int at) {
    digest.update(form, 0, length);
    try {
      digest.digest(into, at, Sha256.BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException("there is room for a digest", e);
    }
  }
}
