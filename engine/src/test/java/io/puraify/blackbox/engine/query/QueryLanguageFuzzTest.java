package io.puraify.blackbox.engine.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;

/**
 * Gives the query language and the parameters any text: each is a filter or an error with its
 * place, and what is printed of a filter means the same.
 *
 * <p>{@code mvn test} tries the inputs in {@code QueryLanguageFuzzTestInputs}, {@code mvn verify}
 * looks for others for some seconds.
 */
class QueryLanguageFuzzTest {

  @FuzzTest(maxDuration = "5s")
  void everyTextIsAFilterThatCanBePrintedOrAnErrorWithItsPlace(FuzzedDataProvider data) {
    if (data.consumeBoolean()) {
      expression(data.consumeRemainingAsString());
    } else {
      Field field = Field.values()[data.consumeInt(0, Field.values().length - 1)];
      parameter(new FieldRef.Known(field), data.consumeRemainingAsString());
    }
  }

  private static void expression(String text) {
    Filter filter;
    try {
      filter = QueryLanguage.parse(text);
    } catch (QuerySyntaxException e) {
      assertThat(e.column()).isBetween(1, text.length() + 1);
      assertThat(e.getMessage()).startsWith("column " + e.column() + ": ");
      return;
    }
    String printed = QueryLanguage.print(filter);
    assertThat(QueryLanguage.parse(printed)).as("%s", printed).isEqualTo(filter);
  }

  private static void parameter(FieldRef field, String text) {
    try {
      assertThat(FieldFilter.parse(field, text)).isNotNull();
    } catch (FilterSyntaxException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }
}
