package io.puraify.blackbox.engine.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FramingTest {

  /** Every body is cut into chunks of every size; the items are the same. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          NDJSON | {"a":1}⏎{"b":2}⏎          | {"a":1};{"b":2}
          NDJSON | {"a":1}⏎⏎  ⏎{"b":2}       | {"a":1};{"b":2}
          NDJSON | ␀␀⏎{"b":2}⏎               | ␀␀;{"b":2}
          NDJSON | oops⏎{"b":"}{"}⏎          | oops;{"b":"}{"}
          NDJSON | ``                        | ``
          JSON   | {"a":1}                   | {"a":1}
          JSON   | [{"a":1}, {"b":[2]} ]     | {"a":1};{"b":[2]}
          JSON   | [ ]                       | ``
          JSON   | {"a":1}{"b":2}⏎ {"c":3}   | {"a":1};{"b":2};{"c":3}
          JSON   | [{"a":"]},\\"["},2,"x"]   | {"a":"]},\\"["};2;"x"
          JSON   | hello                     | hello
          JSON   | [{"a":1}                  | {"a":1};!the body ends inside a JSON array
          JSON   | {"a":1                    | !the body ends inside a JSON value
          JSON   | [{"a":1}] x               | {"a":1};!found 'x' where the end of the body was expected
          JSON   | [{"a":1} {"b":2}]         | {"a":1};!found '{' where ',' or ']' was expected
          """)
  void bodiesAreCutIntoItems(BodyFormat format, String body, String items) {
    byte[] bytes = body.replace('⏎', '\n').replace('␀', '\0').getBytes(StandardCharsets.UTF_8);
    for (int size = 1; size <= bytes.length + 1; size++) {
      assertThat(String.join(";", frame(format, bytes, size)))
          .as("in chunks of %d", size)
          .isEqualTo(items.replace('␀', '\0'));
    }
  }

  @ParameterizedTest
  @CsvSource({"NDJSON,1", "NDJSON,65536", "JSON,1000", "JSON,65536"})
  void anItemThatIsTooLongDoesNotTouchTheNext(BodyFormat format, int chunk) {
    String body = "{\"a\":\"" + "x".repeat(EventDecoder.MAX_EVENT_BYTES) + "\"}\n{\"b\":2}\n";
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    assertThat(frame(format, bytes, chunk)).containsExactly("!too large", "{\"b\":2}");
  }

  @Test
  void nothingIsReadBehindABrokenPlace() {
    byte[] bytes = "[{\"a\":1} ? {\"b\":2}]".getBytes(StandardCharsets.UTF_8);
    assertThat(frame(BodyFormat.JSON, bytes, 3)).hasSize(2);
  }

  private static List<String> frame(BodyFormat format, byte[] bytes, int chunk) {
    List<String> items = new ArrayList<>();
    Framing.Sink sink =
        new Framing.Sink() {
          @Override
          public void item(byte[] b, int from, int to) {
            items.add(new String(b, from, to - from, StandardCharsets.UTF_8).strip());
          }

          @Override
          public void tooLarge() {
            items.add("!too large");
          }

          @Override
          public void broken(String detail) {
            items.add("!" + detail);
          }
        };
    Framing framing = format.framing();
    for (int at = 0; at < bytes.length; at += chunk) {
      framing.feed(bytes, at, Math.min(bytes.length, at + chunk), sink);
    }
    framing.end(sink);
    return items;
  }
}
