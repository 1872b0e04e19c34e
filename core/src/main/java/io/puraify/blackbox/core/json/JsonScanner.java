package io.puraify.blackbox.core.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Walks over one JSON text in a byte array, token by token, without making objects.
 *
 * <p>Strict as RFC 8259 and UTF-8 are: what it walks over without a {@link JsonSyntaxException} is
 * valid. Reused from text to text by {@link #reset}; not safe for several threads.
 */
public final class JsonScanner {

  /** Deeper nesting is refused; far beyond what people send, far below what a stack holds. */
  public static final int MAX_DEPTH = 100;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long QUOTES = '"' * ONES;
  private static final long BACKSLASHES = '\\' * ONES;
  private static final long SPACES = ' ' * ONES;

  private byte[] bytes = new byte[0];
  private int start;
  private int end;
  private int pos;
  private int tokenStart;
  private int tokenEnd;
  private boolean escaped;

  /** Starts over at a text in {@code bytes[from, to)}, which must not change meanwhile. */
  public void reset(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.start = from;
    this.pos = from;
    this.end = to;
  }

  public byte[] bytes() {
    return bytes;
  }

  /** Where the scanner stands, as an index into {@link #bytes}. */
  public int position() {
    return pos;
  }

  /** Start of the last token in {@link #bytes}; for a string, behind its opening quote. */
  public int tokenStart() {
    return tokenStart;
  }

  /** End of the last token in {@link #bytes}; for a string, at its closing quote. */
  public int tokenEnd() {
    return tokenEnd;
  }

  /** Whether the last string contains escapes, so that its bytes are not yet its value. */
  public boolean escaped() {
    return escaped;
  }

  /** The first byte of the next token, which is not consumed, or 0 at the end of the text. */
  public byte peek() {
    while (pos < end) {
      byte b = bytes[pos];
      if (b != ' ' && b != '\t' && b != '\n' && b != '\r') {
        return b;
      }
      pos++;
    }
    return 0;
  }

  /** Consumes {@code wanted} if it is the next token. */
  public boolean take(char wanted) {
    if (peek() == wanted && pos < end) {
      pos++;
      return true;
    }
    return false;
  }

  /** Consumes {@code wanted}, or says that {@code expected} was expected. */
  public void expect(char wanted, String expected) {
    if (!take(wanted)) {
      throw unexpected(expected);
    }
  }

  /** Makes sure that nothing but white space is left. */
  public void expectEnd() {
    peek();
    if (pos < end) {
      throw unexpected("the end of the JSON text");
    }
  }

  /** Consumes a string; {@link #tokenStart}, {@link #tokenEnd} and {@link #escaped} tell of it. */
  public void string(String expected) {
    expect('"', expected);
    tokenStart = pos;
    escaped = false;
    while (true) {
      skipPlain();
      if (pos >= end) {
        throw failure(pos, "the text ends inside a string");
      }
      byte b = bytes[pos];
      if (b == '"') {
        tokenEnd = pos++;
        return;
      } else if (b == '\\') {
        escaped = true;
        escape();
      } else if (b < 0) {
        multiByteCharacter();
      } else {
        throw failure(
            pos,
            "found a control character (0x%02x) inside a string; write it escaped".formatted(b));
      }
    }
  }

  /** Moves to the next byte that is a quote, a backslash, a control character or not ASCII. */
  private void skipPlain() {
    while (pos + Long.BYTES <= end) {
      long word = (long) LONGS.get(bytes, pos);
      long quote = word ^ QUOTES;
      long backslash = word ^ BACKSLASHES;
      long special =
          ((quote - ONES) & ~quote
                  | (backslash - ONES) & ~backslash
                  | (word - SPACES) & ~word
                  | word)
              & HIGHS;
      if (special != 0) {
        pos += Long.numberOfTrailingZeros(special) >>> 3;
        return;
      }
      pos += Long.BYTES;
    }
    while (pos < end) {
      byte b = bytes[pos];
      if (b == '"' || b == '\\' || b < ' ') {
        return;
      }
      pos++;
    }
  }

  private void escape() {
    if (pos + 1 >= end) {
      throw failure(pos, "the text ends inside an escape");
    }
    switch (bytes[pos + 1]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> pos += 2;
      case 'u' -> {
        hex4(pos + 2);
        pos += 6;
      }
      default ->
          throw failure(
              pos + 1, "found " + found(pos + 1) + " behind a backslash, which escapes nothing");
    }
  }

  private int hex4(int at) {
    int value = 0;
    for (int i = at; i < at + 4; i++) {
      int digit = i < end ? Character.digit(bytes[i], 16) : -1;
      if (digit < 0) {
        throw failure(Math.min(i, end), "expected four hexadecimal digits behind \\u");
      }
      value = value << 4 | digit;
    }
    return value;
  }

  /**
   * Consumes a UTF-8 character of two to four bytes, as table 3-7 of the Unicode standard has it.
   */
  private void multiByteCharacter() {
    int lead = bytes[pos] & 0xff;
    int length = lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : 4;
    int lowest = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    int highest = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    boolean valid = lead >= 0xc2 && lead <= 0xf4 && pos + length <= end;
    for (int i = 1; valid && i < length; i++) {
      int b = bytes[pos + i] & 0xff;
      valid = b >= (i == 1 ? lowest : 0x80) && b <= (i == 1 ? highest : 0xbf);
    }
    if (!valid) {
      throw failure(pos, "found bytes that are not UTF-8");
    }
    pos += length;
  }

  /** Consumes a number; {@link #tokenStart} and {@link #tokenEnd} tell of it. */
  public void number() {
    peek();
    tokenStart = pos;
    if (pos < end && bytes[pos] == '-') {
      pos++;
    }
    if (pos < end && bytes[pos] == '0') {
      pos++;
    } else {
      digits();
    }
    if (pos < end && bytes[pos] == '.') {
      pos++;
      digits();
    }
    if (pos < end && (bytes[pos] | 0x20) == 'e') {
      pos++;
      if (pos < end && (bytes[pos] == '+' || bytes[pos] == '-')) {
        pos++;
      }
      digits();
    }
    tokenEnd = pos;
  }

  private void digits() {
    int first = pos;
    while (pos < end && bytes[pos] >= '0' && bytes[pos] <= '9') {
      pos++;
    }
    if (pos == first) {
      throw unexpected("a digit");
    }
  }

  /** Consumes {@code true}, {@code false} or {@code null}. */
  public void literal() {
    peek();
    tokenStart = pos;
    String word =
        pos >= end ? "" : bytes[pos] == 't' ? "true" : bytes[pos] == 'f' ? "false" : "null";
    for (int i = 0; i < word.length(); i++) {
      if (pos + i >= end || bytes[pos + i] != word.charAt(i)) {
        throw unexpected("a JSON value");
      }
    }
    pos += word.length();
    tokenEnd = pos;
  }

  /** Consumes any value; afterwards {@link #tokenStart} and {@link #tokenEnd} enclose all of it. */
  public void value() {
    peek();
    int first = pos;
    value(0);
    tokenStart = first;
    tokenEnd = pos;
  }

  private void value(int depth) {
    switch (peek()) {
      case '"' -> string("a string");
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      case 't', 'f', 'n' -> literal();
      default -> throw unexpected("a JSON value");
    }
  }

  private void object(int depth) {
    limit(depth);
    pos++;
    if (take('}')) {
      return;
    }
    do {
      string("a field name in quotes");
      expect(':', "':' behind the field name");
      value(depth + 1);
    } while (take(','));
    expect('}', "',' or '}'");
  }

  private void array(int depth) {
    limit(depth);
    pos++;
    if (take(']')) {
      return;
    }
    do {
      value(depth + 1);
    } while (take(','));
    expect(']', "',' or ']'");
  }

  private void limit(int depth) {
    if (depth >= MAX_DEPTH) {
      throw failure(pos, "nested deeper than " + MAX_DEPTH + " levels");
    }
  }

  /** The value of the last string token. */
  public String text() {
    if (!escaped) {
      return new String(bytes, tokenStart, tokenEnd - tokenStart, StandardCharsets.UTF_8);
    }
    Bytes out = new Bytes();
    unescape(out);
    return new String(out.array(), 0, out.length(), StandardCharsets.UTF_8);
  }

  /**
   * Writes the value of the last string token as UTF-8. Half of a surrogate pair, which UTF-8
   * cannot say, becomes U+FFFD.
   */
  public void unescape(Bytes out) {
    int i = tokenStart;
    while (i < tokenEnd) {
      byte b = bytes[i];
      if (b != '\\') {
        out.add(b);
        i++;
        continue;
      }
      byte kind = bytes[i + 1];
      if (kind != 'u') {
        out.add(
            switch (kind) {
              case 'b' -> (byte) '\b';
              case 'f' -> (byte) '\f';
              case 'n' -> (byte) '\n';
              case 'r' -> (byte) '\r';
              case 't' -> (byte) '\t';
              default -> kind;
            });
        i += 2;
        continue;
      }
      int character = hex4(i + 2);
      i += 6;
      boolean pair =
          Character.isHighSurrogate((char) character)
              && i + 6 <= tokenEnd
              && bytes[i] == '\\'
              && bytes[i + 1] == 'u'
              && Character.isLowSurrogate((char) hex4(i + 2));
      if (pair) {
        character = Character.toCodePoint((char) character, (char) hex4(i + 2));
        i += 6;
      }
      byte[] utf8 = utf8(character);
      out.add(utf8, 0, utf8.length);
    }
  }

  private static byte[] utf8(int character) {
    boolean half = character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    return Character.toString(half ? 0xfffd : character).getBytes(StandardCharsets.UTF_8);
  }

  private JsonSyntaxException unexpected(String expected) {
    return failure(pos, "found " + found(pos) + " where " + expected + " was expected");
  }

  private String found(int at) {
    if (at >= end) {
      return "the end of the text";
    }
    byte b = bytes[at];
    return b > ' ' && b < 0x7f ? "'" + (char) b + "'" : "byte 0x%02x".formatted(b & 0xff);
  }

  private JsonSyntaxException failure(int at, String message) {
    return new JsonSyntaxException(at - start, message);
  }
}
