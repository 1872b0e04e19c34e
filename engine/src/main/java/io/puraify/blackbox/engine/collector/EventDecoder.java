package io.puraify.blackbox.engine.collector;

import io.puraify.blackbox.core.EventBlockBuilder;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Numbers;
import io.puraify.blackbox.core.Timestamps;
import io.puraify.blackbox.core.json.Bytes;
import io.puraify.blackbox.core.json.JsonScanner;
import io.puraify.blackbox.core.json.JsonSyntaxException;
import io.puraify.blackbox.engine.collector.FieldNames.Name;
import io.puraify.blackbox.engine.collector.Rejection.Reason;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Turns the JSON of one event into a row of a block: knows the fields and their aliases, converts,
 * derives and masks. Makes no objects for an ordinary event. Not safe for several threads.
 */
final class EventDecoder {

  /** The longest event, message and stack trace, in bytes of UTF-8. */
  static final int MAX_EVENT_BYTES = 1 << 20;

  static final int MAX_MESSAGE_BYTES = 64 << 10;
  static final int MAX_STACK_TRACE_BYTES = 256 << 10;
  static final int MAX_EVENT_ID_BYTES = 128;
  static final int MAX_PROJECT_ID_BYTES = 256;

  /** Clocks run ahead a little; a time further ahead than this is not believed. */
  private static final long MAX_AHEAD_MICROS = 24 * 3_600 * 1_000_000L;

  /** 2000-01-01T00:00:00Z; nothing that sends events is older. */
  private static final long EARLIEST_MICROS = 946_684_800L * 1_000_000;

  private static final byte[] ERROR = ascii("error");
  private static final byte[] TIMEOUT = ascii("timeout");
  private static final byte[] HIGH = ascii("high");
  private static final byte[] INFO = ascii("info");
  private static final byte[] ACTION_ERROR = ascii("action_error");
  private static final byte[] FLOW_ERROR = ascii("flow_error");
  private static final byte[] ACTION_RUN = ascii("action_run");
  private static final byte[] FLOW_RUN = ascii("flow_run");
  private static final byte[] NOTHING = {};

  private static final double[] POWERS_OF_TEN = {
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
  };

  private static final Charset UTF_8 = StandardCharsets.UTF_8;
  private static final int FIELDS = Field.values().length;

  private final FieldNames names = new FieldNames();
  private final JsonScanner scanner = new JsonScanner();
  private final Redaction redaction;
  private final AttributeWriter attributes;
  private final EventBlockBuilder block;
  private final Bytes unescaped = new Bytes();
  private final Bytes nested = new Bytes();
  private final Bytes eventId = new Bytes();
  private final Bytes json = new Bytes();

  // For each field of the event at hand: the name it was set by, where its value stands in the
  // event's JSON, and the number of its label.
  private final @Nullable Name[] setBy = new @Nullable Name[FIELDS];
  private final int[] valueFrom = new int[FIELDS];
  private final int[] valueTo = new int[FIELDS];
  private final int[] labels = new int[FIELDS];
  private long receivedAtMicros;
  private @Nullable Rejection rejection;
  private long index;
  private long keptAside;

  EventDecoder(EventBlockBuilder block, Redaction redaction) {
    this.block = block;
    this.redaction = redaction;
    this.attributes = new AttributeWriter(redaction);
  }

  /**
   * Sets the values of the event at {@code bytes[from, to)} in the block's row at hand, which the
   * caller ends or, after a rejection, drops.
   *
   * @param index of the item in its request, for the rejection
   * @return why the event is rejected, or {@code null}
   */
  @Nullable Rejection decode(byte[] bytes, int from, int to, long index, long receivedAtMicros) {
    this.index = index;
    this.receivedAtMicros = receivedAtMicros;
    rejection = null;
    attributes.clear();
    eventId.clear();
    Arrays.fill(setBy, null);
    Arrays.fill(labels, 0);
    if (to - from > MAX_EVENT_BYTES) {
      return tooLarge(index);
    }
    try {
      scanner.reset(bytes, from, to);
      if (!scanner.take('{')) {
        scanner.value();
        scanner.expectEnd();
        return reject(Reason.NOT_AN_OBJECT, "", "an event is a JSON object, {…}");
      }
      members(null);
      scanner.expectEnd();
    } catch (JsonSyntaxException e) {
      return reject(Reason.NOT_JSON, "", e.getMessage() + " (byte " + e.offset() + ")");
    }
    if (rejection == null && labels[Field.PROJECT_ID.ordinal()] == 0) {
      reject(Reason.NO_PROJECT_ID, "/project_id", "project_id is missing; every event needs one");
    }
    if (rejection == null) {
      complete();
    }
    return rejection;
  }

  /** What becomes of an item of which not even all was read. */
  static Rejection tooLarge(long index) {
    return new Rejection(
        index,
        Reason.TOO_LARGE,
        "",
        "the event is longer than " + MAX_EVENT_BYTES + " bytes, the most that is taken");
  }

  /** The id that the sender gave; of length 0 where there was none. */
  Bytes eventId() {
    return eventId;
  }

  /** The number of the event's project among the block's labels. */
  int project() {
    return labels[Field.PROJECT_ID.ordinal()];
  }

  /** How many values did not fit their field and were kept as attributes, since the last call. */
  long drainKeptAside() {
    long count = keptAside;
    keptAside = 0;
    return count;
  }

  /** Walks over the members of an object up to its closing brace; its own is the event if null. */
  private void members(@Nullable String prefix) {
    if (scanner.take('}')) {
      return;
    }
    do {
      scanner.string("a field name in quotes");
      member(prefix, scanner.tokenStart(), scanner.tokenEnd());
    } while (scanner.take(','));
    scanner.expect('}', "',' or '}'");
  }

  private void member(@Nullable String prefix, int keyFrom, int keyTo) {
    Name name = name(prefix, keyFrom, keyTo);
    scanner.expect(':', "':' behind the field name");
    byte begin = scanner.peek();
    if (prefix == null && begin == '{' && isNested(keyFrom, keyTo)) {
      nested(keyFrom, keyTo);
      return;
    }
    if (name != null && name.field() == Field.ATTRIBUTES && begin == '{') {
      attributeMembers();
      return;
    }
    int from = scanner.position();
    if (begin == '"') {
      scanner.string("a string");
    } else {
      scanner.value();
    }
    int to = scanner.position();
    boolean taken = name != null && set(name, begin, from, to);
    if (!taken && (name == null || begin != 'n')) {
      keep(prefix, keyFrom, keyTo, from, to);
      keptAside += name == null ? 0 : 1;
    }
  }

  private @Nullable Name name(@Nullable String prefix, int keyFrom, int keyTo) {
    if (prefix == null && !scanner.escaped()) {
      return names.find(scanner.bytes(), keyFrom, keyTo);
    }
    byte[] key = (prefix == null ? scanner.text() : prefix + "." + scanner.text()).getBytes(UTF_8);
    return names.find(key, 0, key.length);
  }

  private boolean isNested(int keyFrom, int keyTo) {
    int length = keyTo - keyFrom;
    if (length < 4 || length > 9) {
      return false;
    }
    for (String nestedName : FieldNames.NESTED) {
      if (nestedName.length() == length && equal(nestedName, scanner.bytes(), keyFrom)) {
        return true;
      }
    }
    return false;
  }

  private static boolean equal(String text, byte[] bytes, int from) {
    for (int i = 0; i < text.length(); i++) {
      if (bytes[from + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Takes the fields out of {@code "error": {"type": …}}; what is left stays an attribute. */
  private void nested(int keyFrom, int keyTo) {
    byte[] bytes = scanner.bytes();
    nested.clear();
    nested.add((byte) '{');
    scanner.take('{');
    members(new String(bytes, keyFrom, keyTo - keyFrom, UTF_8));
    if (nested.length() > 1) {
      nested.add((byte) '}');
      attributes.put(bytes, keyFrom, keyTo, nested.array(), 0, nested.length());
    }
  }

  private void attributeMembers() {
    scanner.take('{');
    if (scanner.take('}')) {
      return;
    }
    do {
      scanner.string("a field name in quotes");
      int keyFrom = scanner.tokenStart();
      int keyTo = scanner.tokenEnd();
      scanner.expect(':', "':' behind the field name");
      scanner.value();
      attributes.put(
          scanner.bytes(),
          keyFrom,
          keyTo,
          scanner.bytes(),
          scanner.tokenStart(),
          scanner.tokenEnd());
    } while (scanner.take(','));
    scanner.expect('}', "',' or '}'");
  }

  private void keep(@Nullable String prefix, int keyFrom, int keyTo, int from, int to) {
    byte[] bytes = scanner.bytes();
    if (prefix == null) {
      attributes.put(bytes, keyFrom, keyTo, bytes, from, to);
    } else {
      if (nested.length() > 1) {
        nested.add((byte) ',');
      }
      nested.add(bytes, keyFrom - 1, keyTo + 1);
      nested.add((byte) ':');
      nested.add(bytes, from, to);
    }
  }

  /** Sets a field from the value at hand, unless a better name has set it or it does not fit. */
  private boolean set(Name name, byte begin, int from, int to) {
    int field = name.field().ordinal();
    Name before = setBy[field];
    if (begin == 'n' || (before != null && before.rank() < name.rank())) {
      return false;
    }
    boolean quoted = begin == '"';
    if (!quoted && (begin == '{' || begin == '[')) {
      return name.field() == Field.TIMESTAMP && unreadable(name, from, to);
    }
    byte[] text = scanner.bytes();
    int start = quoted ? scanner.tokenStart() : from;
    int end = quoted ? scanner.tokenEnd() : to;
    if (quoted && scanner.escaped()) {
      unescaped.clear();
      scanner.unescape(unescaped);
      text = unescaped.array();
      start = 0;
      end = unescaped.length();
    }
    if (start == end) {
      return true;
    }
    boolean fits =
        switch (name.field().kind()) {
          case LABEL -> label(name.field(), text, start, end);
          case ID -> id(name.field(), text, start, end);
          case TEXT -> text(name.field(), text, start, end);
          case TIME -> timestamp(name, text, start, end, from, to);
          case INTEGER -> integer(name.field(), text, start, end);
          case DECIMAL -> decimal(name.field(), text, start, end);
          case JSON -> false;
        };
    if (fits) {
      if (before != null && before.rank() > name.rank()) {
        byte[] key = before.key();
        attributes.put(key, 0, key.length, scanner.bytes(), valueFrom[field], valueTo[field]);
      }
      setBy[field] = name;
      valueFrom[field] = from;
      valueTo[field] = to;
    }
    return fits;
  }

  private boolean label(Field field, byte[] text, int from, int to) {
    if (field == Field.PROJECT_ID && to - from > MAX_PROJECT_ID_BYTES) {
      reject(
          Reason.NO_PROJECT_ID,
          "/project_id",
          "project_id has %d bytes; it may have %d".formatted(to - from, MAX_PROJECT_ID_BYTES));
      return true;
    }
    int before = labels[field.ordinal()];
    byte[] old = before == 0 ? NOTHING : block.labelValue(field, before);
    int label = block.label(field, text, from, to);
    boolean fits = block.labelValue(field, label).length > 0;
    if (!fits) {
      // Not a name of this field's values, such as a severity nobody knows: what was set stays.
      block.unset(field);
      label = before == 0 ? 0 : block.label(field, old, 0, old.length);
    }
    labels[field.ordinal()] = label;
    return fits;
  }

  private boolean id(Field field, byte[] text, int from, int to) {
    if (field == Field.EVENT_ID) {
      if (to - from > MAX_EVENT_ID_BYTES) {
        return false;
      }
      eventId.clear();
      eventId.add(text, from, to);
    }
    block.text(field, text, from, to);
    return true;
  }

  private boolean text(Field field, byte[] text, int from, int to) {
    byte[] redacted = redaction.redact(text, from, to);
    byte[] source = redacted == null ? text : redacted;
    int start = redacted == null ? from : 0;
    int end = redacted == null ? to : redacted.length;
    int most = field == Field.MESSAGE ? MAX_MESSAGE_BYTES : MAX_STACK_TRACE_BYTES;
    if (end - start > most) {
      end = start + most;
      while ((source[end] & 0xc0) == 0x80) {
        end--;
      }
      block.integer(Field.TRUNCATED, 1);
    }
    block.text(field, source, start, end);
    return true;
  }

  private boolean timestamp(Name name, byte[] text, int start, int end, int from, int to) {
    long micros = Timestamps.parse(text, start, end);
    if (micros == Timestamps.UNREADABLE) {
      return unreadable(name, from, to);
    }
    if (micros < EARLIEST_MICROS || micros > receivedAtMicros + MAX_AHEAD_MICROS) {
      byte[] key = ascii("original_timestamp");
      attributes.put(key, 0, key.length, scanner.bytes(), from, to);
      micros = receivedAtMicros;
    }
    block.integer(Field.TIMESTAMP, micros);
    return true;
  }

  private boolean unreadable(Name name, int from, int to) {
    int shown = Math.min(to - from, 60);
    reject(
        Reason.BAD_TIMESTAMP,
        "/" + new String(name.key(), UTF_8),
        "found %s; a timestamp is an RFC 3339 time or a number of s, ms, µs or ns since 1970"
            .formatted(new String(scanner.bytes(), from, shown, UTF_8)));
    return true;
  }

  private boolean integer(Field field, byte[] text, int from, int to) {
    double value = number(text, from, to);
    boolean fits = value >= 0 && value <= Integer.MAX_VALUE && value == Math.rint(value);
    if (fits) {
      block.integer(field, (long) value);
    }
    return fits;
  }

  private boolean decimal(Field field, byte[] text, int from, int to) {
    double value = number(text, from, to);
    boolean fits = value >= 0;
    if (fits) {
      block.decimal(field, value);
    }
    return fits;
  }

  /** The number that the text is, or NaN; digits with a point need no object. */
  private static double number(byte[] text, int from, int to) {
    long digits = 0;
    int point = -1;
    boolean simple = to - from <= 16 && text[from] >= '0' && text[from] <= '9';
    for (int i = from; simple && i < to; i++) {
      byte b = text[i];
      if (b >= '0' && b <= '9') {
        digits = digits * 10 + (b - '0');
      } else {
        simple = b == '.' && point < 0 && i + 1 < to;
        point = i;
      }
    }
    if (simple) {
      // Up to 15 digits and a small power of ten are exact, so that one division rounds right.
      return point < 0 ? digits : digits / POWERS_OF_TEN[to - point - 1];
    }
    OptionalDouble value = Numbers.parse(new String(text, from, to - from, UTF_8));
    return value.isPresent() ? value.getAsDouble() : Double.NaN;
  }

  /** Derives what the sender left out. */
  private void complete() {
    if (!block.isSet(Field.TIMESTAMP)) {
      block.integer(Field.TIMESTAMP, receivedAtMicros);
    }
    boolean error =
        is(Field.STATUS, ERROR) || is(Field.STATUS, TIMEOUT) || is(Field.EVENT_TYPE, ERROR);
    if (labels[Field.SEVERITY.ordinal()] == 0) {
      derive(Field.SEVERITY, error ? HIGH : INFO);
    }
    if (labels[Field.TYPE.ordinal()] == 0) {
      boolean action = labels[Field.ACTION.ordinal()] != 0 || labels[Field.PLATFORM.ordinal()] != 0;
      int eventType = labels[Field.EVENT_TYPE.ordinal()];
      if (error) {
        derive(Field.TYPE, action ? ACTION_ERROR : FLOW_ERROR);
      } else if (action) {
        derive(Field.TYPE, ACTION_RUN);
      } else if (labels[Field.FLOW_ID.ordinal()] != 0) {
        derive(Field.TYPE, FLOW_RUN);
      } else if (eventType != 0) {
        derive(Field.TYPE, block.labelValue(Field.EVENT_TYPE, eventType));
      }
    }
    if (!attributes.isEmpty()) {
      json.clear();
      attributes.writeTo(json);
      block.text(Field.ATTRIBUTES, json.array(), 0, json.length());
    }
  }

  private boolean is(Field field, byte[] value) {
    int label = labels[field.ordinal()];
    return label != 0 && Arrays.equals(block.labelValue(field, label), value);
  }

  private void derive(Field field, byte[] value) {
    block.label(field, value, 0, value.length);
  }

  private Rejection reject(Reason reason, String pointer, String detail) {
    Rejection result =
        rejection == null ? new Rejection(index, reason, pointer, detail) : rejection;
    rejection = result;
    return result;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
