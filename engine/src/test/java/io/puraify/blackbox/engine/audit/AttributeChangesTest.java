package io.puraify.blackbox.engine.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttributeChangesTest {

  private static String text(AttributeChanges.Result result) {
    return result.shown().stream()
        .map(each -> "%s: %s -> %s".formatted(each.path(), each.before(), each.after()))
        .collect(Collectors.joining("; "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      quoteCharacter = '~',
      value = {
        "{\"a\":1}                 | {\"a\":1}                 | ~~",
        "{\"a\":1}                 | {\"a\":2}                 | a: 1 -> 2",
        "{\"a\":\"1\"}             | {\"a\":1}                 | a: \"1\" -> 1",
        "{\"a\":null}              | {}                        | a: null -> null",
        "{\"a\":{\"b\":{\"c\":1}}} | {\"a\":{\"b\":{\"c\":2}}} | a.b.c: 1 -> 2",
        "{\"a\":1,\"b\":2}         | {\"b\":2,\"c\":3}         | a: 1 -> null; c: null -> 3",
        "{\"a\": { \"b\" : 1 } }   | {\"a\":{\"b\":1}}         | ~~",
        "{\"a\":{}}                | {\"a\":[]}                | a: {} -> []",
        "[1,2,3]                   | [1,9,2,3]                 | [1]: null -> 9",
        "[1,2,3]                   | [1,3]                     | [1]: 2 -> null",
        "[{\"a\":1},2]             | [{\"a\":3},2]             | [0].a: 1 -> 3",
        "[]                        | []                        | ~~",
        "\"on\"                    | \"off\"                   | : \"on\" -> \"off\"",
        "-                         | {\"a\":1}                 | : null -> {\"a\":1}",
      })
  void differencesAreNamedByWhereTheyAre(String before, String after, String changes) {
    assertThat(text(AttributeChanges.between(before, after))).isEqualTo(changes);
  }

  @Test
  void attributesWithoutBeforeAndAfterHaveNone() {
    assertThat(AttributeChanges.of(null).count()).isZero();
    assertThat(AttributeChanges.of("{\"x\":{\"before\":1}}").count()).isZero();
    assertThat(text(AttributeChanges.of("{\"before\":{\"a\":1}}")))
        .isEqualTo(": {\"a\":1} -> null");
  }

  @Test
  void moreThanAnybodyReadsAreCounted() {
    String before = "[" + "1,".repeat(999) + "1]";
    AttributeChanges.Result result = AttributeChanges.between(before, before.replace('1', '2'));
    assertThat(result.count()).isEqualTo(1_000);
    assertThat(result.shown()).hasSize(AttributeChanges.MOST);
  }
}
