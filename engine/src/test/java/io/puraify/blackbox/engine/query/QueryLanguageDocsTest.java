package io.puraify.blackbox.engine.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.puraify.blackbox.core.Filter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs every example of {@code docs/query-language.md}. */
class QueryLanguageDocsTest {

  private static final Path PAGE = Path.of("../docs/query-language.md");

  private static Stream<String> examples() throws IOException {
    String page = Files.readString(PAGE);
    Stream<String> blocks =
        Pattern.compile("```query\n(.*?)```", Pattern.DOTALL)
            .matcher(page)
            .results()
            .flatMap(block -> block.group(1).lines());
    // The first cell of a table's row; those with a colon are expressions.
    Stream<String> cells =
        Pattern.compile("^\\| (`[^|]*) \\|", Pattern.MULTILINE)
            .matcher(page)
            .results()
            .flatMap(row -> Stream.of(row.group(1).split(", ")))
            .map(cell -> cell.replace("`", ""));
    return Stream.concat(blocks, cells);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleIsUnderstood(String example) {
    Filter filter = QueryLanguage.parse(example);
    assertThat(filter).isNotEqualTo(Filter.ALL);
    assertThat(QueryLanguage.parse(QueryLanguage.print(filter))).isEqualTo(filter);
  }

  @Test
  void thereAreExamplesAndTheErrorIsTheOneThatIsShown() throws IOException {
    assertThat(examples()).hasSizeGreaterThan(20);
    assertThatThrownBy(() -> QueryLanguage.parse("a stauts:error"))
        .isInstanceOf(QuerySyntaxException.class)
        .satisfies(thrown -> assertThat(Files.readString(PAGE)).contains(thrown.getMessage()));
  }
}
