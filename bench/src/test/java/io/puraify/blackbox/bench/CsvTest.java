package io.puraify.blackbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CsvTest {

  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of("", List.of()),
        Arguments.of("a,b\n", List.of(List.of("a", "b"))),
        Arguments.of("a,b\r\nc,d", List.of(List.of("a", "b"), List.of("c", "d"))),
        Arguments.of("a,,\n", List.of(List.of("a", "", ""))),
        Arguments.of("\"a,b\",c\n", List.of(List.of("a,b", "c"))),
        Arguments.of("\"say \"\"hello\"\"\",c\n", List.of(List.of("say \"hello\"", "c"))),
        Arguments.of("\"\",\"\"\"\"\n", List.of(List.of("", "\""))),
        Arguments.of("\"two\nlines\",c\n", List.of(List.of("two\nlines", "c"))));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void valuesAreReadAsTheyWereWritten(String text, List<List<String>> rows) throws IOException {
    assertThat(Csv.read(new StringReader(text))).isEqualTo(rows);
  }
}
