package io.puraify.blackbox.engine.collector;

import io.puraify.blackbox.core.json.Bytes;

/**
 * The elements of one JSON array, or values one after the other: a single object, or objects with
 * white space between them. Finds where values end by their brackets and quotes alone; whether they
 * are valid is the decoder's to say.
 */
final class JsonFraming implements Framing {

  private enum State {
    BEFORE_BODY,
    BEFORE_VALUE,
    IN_VALUE,
    AFTER_VALUE,
    AFTER_ARRAY,
    BROKEN
  }

  private final Bytes value = new Bytes();
  private State state = State.BEFORE_BODY;
  private boolean array;
  private int depth;
  private boolean inString;
  private boolean escape;
  private boolean oversized;

  @Override
  public void feed(byte[] bytes, int from, int to, Sink sink) {
    int at = from;
    while (at < to && state != State.BROKEN) {
      if (state == State.IN_VALUE) {
        int end = endOfValue(bytes, at, to);
        take(bytes, at, end, sink);
        at = end;
        if (state == State.AFTER_VALUE) {
          finishValue(sink);
        }
      } else {
        between(bytes[at], sink);
        at += state == State.IN_VALUE ? 0 : 1;
      }
    }
  }

  @Override
  public void end(Sink sink) {
    if (state == State.BROKEN) {
      return;
    }
    if (state == State.IN_VALUE && depth == 0 && !inString) {
      finishValue(sink);
    } else if (state == State.IN_VALUE || (array && state != State.AFTER_ARRAY)) {
      broken("the body ends inside a JSON " + (depth > 0 || inString ? "value" : "array"), sink);
    }
  }

  /** Looks at a byte outside of values. */
  private void between(byte b, Sink sink) {
    if (b == ' ' || b == '\t' || b == '\n' || b == '\r') {
      return;
    }
    if (state == State.BEFORE_BODY && b == '[') {
      array = true;
      state = State.BEFORE_VALUE;
    } else if (array && b == ']' && state != State.AFTER_ARRAY) {
      state = State.AFTER_ARRAY;
    } else if (array && b == ',' && state == State.AFTER_VALUE) {
      state = State.BEFORE_VALUE;
    } else if (state == State.AFTER_ARRAY || (array && state == State.AFTER_VALUE)) {
      broken("found '" + (char) b + "' where " + expected() + " was expected", sink);
    } else {
      state = State.IN_VALUE;
    }
  }

  private String expected() {
    return state == State.AFTER_ARRAY ? "the end of the body" : "',' or ']'";
  }

  /** Where the value at hand ends in the chunk; the chunk's end if it goes on. */
  private int endOfValue(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (inString) {
        if (escape) {
          escape = false;
        } else if (b == '\\') {
          escape = true;
        } else if (b == '"') {
          inString = false;
        }
      } else if (b == '"') {
        inString = true;
      } else if (b == '{' || b == '[') {
        depth++;
      } else if (depth > 0 && (b == '}' || b == ']')) {
        depth--;
        if (depth == 0) {
          state = State.AFTER_VALUE;
          return i + 1;
        }
      } else if (depth == 0 && (b == ',' || b == ']' || b == '}' || b == '\n')) {
        // A bare word or number ends where something else begins.
        state = State.AFTER_VALUE;
        return array && b != '}' ? i : i + 1;
      }
    }
    return to;
  }

  private void take(byte[] bytes, int from, int to, Sink sink) {
    if (oversized || value.length() + to - from > EventDecoder.MAX_EVENT_BYTES) {
      if (!oversized) {
        sink.tooLarge();
      }
      oversized = true;
      value.clear();
    } else {
      value.add(bytes, from, to);
    }
  }

  private void finishValue(Sink sink) {
    if (!oversized) {
      sink.item(value.array(), 0, value.length());
    }
    state = State.AFTER_VALUE;
    oversized = false;
    depth = 0;
    value.shrink(EventDecoder.MAX_EVENT_BYTES);
  }

  private void broken(String detail, Sink sink) {
    state = State.BROKEN;
    sink.broken(detail);
  }
}
