package io.puraify.blackbox.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Gives the scanner any bytes, and asks a parser that others wrote whether they are JSON.
 *
 * <p>{@code mvn test} tries the inputs in {@code JsonScannerFuzzTestInputs}, {@code mvn verify}
 * looks for others for some seconds. For an hour: {@code JAZZER_MAX_DURATION=1h mvn -pl core
 * test-compile surefire:test@fuzz -Dtest=JsonScannerFuzzTest}. An input that fails is kept beside
 * the others, and from then on every build tries it.
 */
class JsonScannerFuzzTest {

  private static final JsonFactory JACKSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .build())
          .build();

  @FuzzTest(maxDuration = "5s")
  void itTakesAndRefusesWhatJacksonTakesAndRefuses(byte[] json) {
    assertThat(takes(json)).isEqualTo(isUtf8(json) && jacksonTakes(withoutHalves(json)));
  }

  private static boolean takes(byte[] json) {
    // Somewhere inside of an array, as everywhere but in tests.
    byte[] surrounded = new byte[json.length + 6];
    System.arraycopy(json, 0, surrounded, 3, json.length);
    JsonScanner scanner = new JsonScanner();
    scanner.reset(surrounded, 3, 3 + json.length);
    try {
      boolean string = scanner.peek() == '"';
      scanner.value();
      scanner.expectEnd();
      if (string) {
        assertThat(text(surrounded, 3, json.length)).isEqualTo(jacksonText(json));
      }
      return true;
    } catch (JsonSyntaxException e) {
      assertThat(e.offset()).isBetween(0, json.length);
      assertThat(e.getMessage()).isNotBlank();
      return false;
    }
  }

  private static String text(byte[] bytes, int from, int length) {
    JsonScanner scanner = new JsonScanner();
    scanner.reset(bytes, from, from + length);
    scanner.string("a string");
    return scanner.text();
  }

  /** Whether there is one value, not nested too deep. */
  private static boolean jacksonTakes(byte[] json) {
    int depth = 0;
    int values = 0;
    try (JsonParser parser = JACKSON.createParser(ObjectReadContext.empty(), json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        values += depth == 0 ? 1 : 0;
        if (depth > JsonScanner.MAX_DEPTH) {
          return false;
        }
      }
      return values == 1;
    } catch (JacksonException e) {
      return false;
    }
  }

  /** The value of a string as Jackson reads it; UTF-8 cannot say half of a surrogate pair. */
  private static String jacksonText(byte[] json) {
    try (JsonParser parser = JACKSON.createParser(ObjectReadContext.empty(), json)) {
      parser.nextToken();
      StringBuilder text = new StringBuilder();
      parser
          .getString()
          .codePoints()
          .forEach(c -> text.appendCodePoint(c >= 0xd800 && c <= 0xdfff ? 0xfffd : c));
      return text.toString();
    }
  }

  /** Jackson refuses half of a surrogate pair in a name, which RFC 8259 does not. */
  private static byte[] withoutHalves(byte[] json) {
    return new String(json, StandardCharsets.UTF_8)
        .replaceAll("\\\\u[dD][89a-fA-F][0-9a-fA-F]{2}", "\\\\ufffd")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Jackson also knows other encodings, by zeros and by marks at the start, and lax UTF-8. */
  private static boolean isUtf8(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.indexOf('\0') < 0 && !text.startsWith("\ufeff");
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
