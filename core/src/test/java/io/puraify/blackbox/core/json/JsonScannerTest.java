package io.puraify.blackbox.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScannerTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        " true ",
        "-0.5e+10",
        "\"\"",
        "{\"a\":[1,2,{\"b\":\"c\"}],\"d\":null}",
        "\"\\u00e9\\ud83d\\ude00\\n\\/\"",
        "\"gr\u00fc\u00df \u4e16 \ud83d\ude00\"",
        "[[[[]]],\t{ \"x\" : -1 }\r\n]"
      })
  void validJsonIsWalkedOver(String json) {
    scan(json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``               | 0  | found the end of the text where a JSON value was expected
          {                | 1  | found the end of the text where a field name in quotes was expected
          {"a" 1}          | 5  | found '1' where ':' behind the field name was expected
          {"a":1,}         | 7  | found '}' where a field name in quotes was expected
          [1 2]            | 3  | found '2' where ',' or ']' was expected
          {"a":1}x         | 7  | found 'x' where the end of the JSON text was expected
          01               | 1  | found '1' where the end of the JSON text was expected
          1.               | 2  | found the end of the text where a digit was expected
          -                | 1  | found the end of the text where a digit was expected
          tru              | 0  | found 't' where a JSON value was expected
          nil              | 0  | found 'n' where a JSON value was expected
          "a               | 2  | the text ends inside a string
          "\\x"            | 2  | found 'x' behind a backslash, which escapes nothing
          "\\u12g4"        | 5  | expected four hexadecimal digits behind \\u
          'a'              | 0  | found ''' where a JSON value was expected
          """)
  void anErrorNamesThePlaceAndWhatWasExpected(String json, int offset, String message) {
    assertThatThrownBy(() -> scan(json))
        .isInstanceOfSatisfying(
            JsonSyntaxException.class, e -> assertThat(e.offset()).isEqualTo(offset))
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"80", "c0af", "c3", "e28f", "eda080", "f4908080", "f8888080", "ff"})
  void bytesThatAreNotUtf8AreRefused(String hex) {
    byte[] inside = java.util.HexFormat.of().parseHex(hex);
    byte[] json = new byte[inside.length + 2];
    json[0] = '"';
    System.arraycopy(inside, 0, json, 1, inside.length);
    json[json.length - 1] = '"';
    JsonScanner scanner = new JsonScanner();
    scanner.reset(json, 0, json.length);
    assertThatThrownBy(scanner::value).hasMessage("found bytes that are not UTF-8");
  }

  @Test
  void nestingHasALimit() {
    scan("[".repeat(JsonScanner.MAX_DEPTH) + "]".repeat(JsonScanner.MAX_DEPTH));
    assertThatThrownBy(() -> scan("[".repeat(JsonScanner.MAX_DEPTH + 1)))
        .hasMessage("nested deeper than 100 levels");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "a\\tb"             | a\tb
          "\\u0041\\u00e9"    | A\u00e9
          "\\ud83d\\ude00!"   | \ud83d\ude00!
          "\\ud83dx"          | \ufffdx
          "\\\\\\"\\/"        | \\"/
          """)
  void escapesAreResolved(String json, String text) {
    JsonScanner scanner = new JsonScanner();
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    scanner.reset(bytes, 0, bytes.length);
    scanner.string("a string");
    assertThat(scanner.text()).isEqualTo(text);
  }

  private static void scan(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    JsonScanner scanner = new JsonScanner();
    scanner.reset(bytes, 0, bytes.length);
    scanner.value();
    scanner.expectEnd();
  }
}
