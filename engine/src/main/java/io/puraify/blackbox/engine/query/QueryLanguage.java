package io.puraify.blackbox.engine.query;

import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.RegexPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The query language: {@code status:error platform:(Slack OR Notion) "token expired" -user_id:u_1
 * duration_ms:>500}. {@code docs/query-language.md} tells it to people.
 *
 * <p>{@link #parse} makes a filter of a text, and {@link #print} a text of a filter that parses to
 * the same filter again.
 */
public final class QueryLanguage {

  /** The fields in which words and phrases are looked for. */
  static final List<Field> SEARCHED = List.of(Field.MESSAGE, Field.ERROR_TYPE, Field.STACK_TRACE);

  private QueryLanguage() {}

  /**
   * Parses an expression; an empty one means every event.
   *
   * @throws QuerySyntaxException naming the column, what is there and what was expected
   */
  public static Filter parse(String text) {
    return new QueryParser(text).parse();
  }

  /**
   * Writes a filter as an expression.
   *
   * @throws IllegalArgumentException where no expression means this filter
   */
  public static String print(Filter filter) {
    return new QueryPrinter().print(filter);
  }

  /** What a word or a phrase without a field means. */
  static Filter.Or anywhere(String text) {
    return anywhere(field -> new Filter.Contains(field, text));
  }

  /** What a regular expression without a field means. */
  static Filter.Or anywhere(RegexPattern pattern) {
    return anywhere(field -> new Filter.Regex(field, pattern));
  }

  private static Filter.Or anywhere(Function<FieldRef, Filter> filter) {
    List<Filter> filters = new ArrayList<>();
    for (Field field : SEARCHED) {
      filters.add(filter.apply(new FieldRef.Known(field)));
    }
    return new Filter.Or(filters);
  }
}
