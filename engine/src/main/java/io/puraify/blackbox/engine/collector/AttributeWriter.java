package io.puraify.blackbox.engine.collector;

import io.puraify.blackbox.core.json.Bytes;
import io.puraify.blackbox.core.json.JsonScanner;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Collects the attributes of one event as the members of a JSON object: as they came, without white
 * space between the tokens, and with secrets masked. A key that comes again replaces the value
 * before. Not safe for several threads.
 */
final class AttributeWriter {

  /** One event with more members must not make every later one dearer. */
  private static final int MANY = 1_024;

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final Redaction redaction;
  private final JsonScanner scanner = new JsonScanner();
  private final Bytes out = new Bytes();
  private final Bytes scratch = new Bytes();

  // For each member: where its key begins and ends and its value begins and ends in `out`, and
  // the key's hash.
  private static final int SLOTS = 5;
  private int[] members = new int[16 * SLOTS];
  private int count;
  private int[] table = new int[64];

  AttributeWriter(Redaction redaction) {
    this.redaction = redaction;
  }

  void clear() {
    if (table.length > MANY) {
      table = new int[64];
    } else if (count > 0) {
      Arrays.fill(table, 0);
    }
    count = 0;
    out.shrink(MANY * 64);
  }

  boolean isEmpty() {
    return count == 0;
  }

  /**
   * Adds a member.
   *
   * @param key the key as it stands between its quotes in valid JSON
   * @param json a valid JSON value
   */
  void put(byte[] key, int keyFrom, int keyTo, byte[] json, int from, int to) {
    int keyStart = out.length();
    String mask;
    if (Bytes.indexOf(key, keyFrom, keyTo, (byte) '\\') < 0) {
      out.add(key, keyFrom, keyTo);
      mask = mask(key, keyFrom, keyTo, json[from]);
    } else {
      // One spelling for a key, so that it is found however it was escaped.
      scanner.reset(key, keyFrom - 1, keyTo + 1);
      scanner.string("a field name");
      scratch.clear();
      scanner.unescape(scratch);
      quoted(scratch.array(), 0, scratch.length());
      mask = mask(scratch.array(), 0, scratch.length(), json[from]);
    }
    int keyEnd = out.length();
    if (mask == null) {
      scanner.reset(json, from, to);
      copy();
    } else {
      text(mask);
    }
    keep(keyStart, keyEnd);
  }

  private void keep(int keyStart, int keyEnd) {
    int hash = Bytes.hash(out.array(), keyStart, keyEnd);
    int slot = hash & (table.length - 1);
    while (table[slot] != 0) {
      int member = (table[slot] - 1) * SLOTS;
      if (members[member + 4] == hash
          && Arrays.equals(
              out.array(), members[member], members[member + 1], out.array(), keyStart, keyEnd)) {
        members[member + 2] = keyEnd;
        members[member + 3] = out.length();
        return;
      }
      slot = (slot + 1) & (table.length - 1);
    }
    if ((count + 1) * SLOTS > members.length) {
      members = Arrays.copyOf(members, members.length * 2);
    }
    int member = count * SLOTS;
    members[member] = keyStart;
    members[member + 1] = keyEnd;
    members[member + 2] = keyEnd;
    members[member + 3] = out.length();
    members[member + 4] = hash;
    count++;
    table[slot] = count;
    if (count * 2 > table.length) {
      grow();
    }
  }

  private void grow() {
    table = new int[table.length * 2];
    for (int i = 0; i < count; i++) {
      int slot = members[i * SLOTS + 4] & (table.length - 1);
      while (table[slot] != 0) {
        slot = (slot + 1) & (table.length - 1);
      }
      table[slot] = i + 1;
    }
  }

  /** Writes the object of all members. */
  void writeTo(Bytes target) {
    target.add((byte) '{');
    for (int i = 0; i < count; i++) {
      int member = i * SLOTS;
      if (i > 0) {
        target.add((byte) ',');
      }
      target.add((byte) '"');
      target.add(out.array(), members[member], members[member + 1]);
      target.add((byte) '"');
      target.add((byte) ':');
      target.add(out.array(), members[member + 2], members[member + 3]);
    }
    target.add((byte) '}');
  }

  /** What takes the place of a value if its key, without escapes, says that it is a secret. */
  private @Nullable String mask(byte[] key, int from, int to, byte begin) {
    boolean says = begin != 't' && begin != 'f' && begin != 'n';
    return says ? redaction.maskForKey(key, from, to) : null;
  }

  private void text(String ascii) {
    byte[] text = ascii.getBytes(StandardCharsets.US_ASCII);
    out.add((byte) '"');
    out.add(text, 0, text.length);
    out.add((byte) '"');
  }

  /** Copies the next value; what the scanner walks over has been found valid before. */
  private void copy() {
    switch (scanner.peek()) {
      case '"' -> {
        scanner.string("a string");
        string();
      }
      case '{' -> object();
      case '[' -> array();
      default -> {
        scanner.value();
        out.add(scanner.bytes(), scanner.tokenStart(), scanner.tokenEnd());
      }
    }
  }

  private void object() {
    scanner.take('{');
    out.add((byte) '{');
    boolean first = true;
    while (!scanner.take('}')) {
      if (!first) {
        scanner.take(',');
        out.add((byte) ',');
      }
      first = false;
      scanner.string("a field name");
      out.add(scanner.bytes(), scanner.tokenStart() - 1, scanner.tokenEnd() + 1);
      scanner.take(':');
      out.add((byte) ':');
      String mask = maskOfMember();
      if (mask == null) {
        copy();
      } else {
        scanner.value();
        text(mask);
      }
    }
    out.add((byte) '}');
  }

  /** What takes the place of the value that comes next, whose key was the last token. */
  private @Nullable String maskOfMember() {
    byte begin = scanner.peek();
    if (!scanner.escaped()) {
      return mask(scanner.bytes(), scanner.tokenStart(), scanner.tokenEnd(), begin);
    }
    scratch.clear();
    scanner.unescape(scratch);
    return mask(scratch.array(), 0, scratch.length(), begin);
  }

  private void array() {
    scanner.take('[');
    out.add((byte) '[');
    boolean first = true;
    while (!scanner.take(']')) {
      if (!first) {
        scanner.take(',');
        out.add((byte) ',');
      }
      first = false;
      copy();
    }
    out.add((byte) ']');
  }

  /** Copies the last string token, masked; what is not masked keeps its spelling. */
  private void string() {
    byte[] source = scanner.bytes();
    int from = scanner.tokenStart();
    int to = scanner.tokenEnd();
    byte @Nullable [] redacted;
    if (scanner.escaped()) {
      scratch.clear();
      scanner.unescape(scratch);
      redacted = redaction.redact(scratch.array(), 0, scratch.length());
    } else {
      redacted = redaction.redact(source, from, to);
    }
    if (redacted == null) {
      out.add(source, from - 1, to + 1);
    } else {
      out.add((byte) '"');
      quoted(redacted, 0, redacted.length);
      out.add((byte) '"');
    }
  }

  /** Writes UTF-8 text with the escapes that JSON asks for. */
  private void quoted(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      byte b = text[i];
      if (b == '"' || b == '\\') {
        out.add((byte) '\\');
        out.add(b);
      } else if (b >= 0 && b < ' ') {
        out.add("\\u00".getBytes(StandardCharsets.US_ASCII), 0, 4);
        out.add(HEX[b >>> 4]);
        out.add(HEX[b & 0xf]);
      } else {
        out.add(b);
      }
    }
  }
}
