package io.puraify.blackbox.engine.audit;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads the form over which an {@link EventDigest} is. */
final class CanonicalForm {

  private CanonicalForm() {}

  /**
   * The event of a form.
   *
   * @throws IllegalArgumentException where it is none
   */
  static Event parse(byte[] form) {
    ByteBuffer bytes = ByteBuffer.wrap(form);
    try {
      if (bytes.get() != EventDigest.VERSION) {
        throw new IllegalArgumentException("an event of a newer version");
      }
      Event.Builder event = Event.at(bytes.getLong());
      while (bytes.hasRemaining()) {
        read(bytes, event);
      }
      return whole(event.build());
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("an event that breaks off", e);
    }
  }

  private static Event whole(Event event) {
    boolean whole =
        event.given(Field.PROJECT_ID) != null
            && event.integer(Field.TIMESTAMP) != null
            && event.integer(Field.RECEIVED_AT) != null;
    if (!whole) {
      throw new IllegalArgumentException("an event without its project or times");
    }
    return event;
  }

  private static void read(ByteBuffer bytes, Event.Builder event) {
    Field field = Field.coded(bytes.get() & 0xff);
    if (field == null) {
      throw new IllegalArgumentException("an event with a field of a newer version");
    }
    switch (field.kind()) {
      case LABEL, ID, TEXT, JSON -> {
        int length = bytes.getInt();
        if (length < 0 || length > bytes.remaining()) {
          throw new IllegalArgumentException("an event that breaks off");
        }
        byte[] text = new byte[length];
        bytes.get(text);
        event.set(field, new String(text, StandardCharsets.UTF_8));
      }
      case TIME, INTEGER -> event.set(field, bytes.getLong());
      case DECIMAL -> event.set(field, Double.longBitsToDouble(bytes.getLong()));
    }
  }
}
