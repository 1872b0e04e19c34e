package io.puraify.blackbox.engine.query;

import io.puraify.blackbox.core.ClosestName;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.RegexPattern;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Parses one expression of the query language by recursive descent:
 *
 * <pre>
 * or      = and { "OR" and }
 * and     = not { [ "AND" ] not }
 * not     = { "NOT" | "-" } primary
 * primary = "(" or ")" | name ":" ( "(" or ")" | value ) | value
 * value   = word | phrase | regex | range
 * </pre>
 *
 * <p>Inside of {@code name:( … )} values stand alone. What is joined by the same word becomes one
 * list, and values of one field that are joined by OR one {@link Filter.In}.
 */
final class QueryParser {

  /** Longer expressions are written by programs, which have better ways to name many values. */
  static final int MAX_LENGTH = 16_384;

  /** Deeper ones are a mistake, and a stack has an end. */
  static final int MAX_DEPTH = 100;

  private static final String EXISTS = "_exists_";

  private final QueryLexer lexer;
  private final String text;
  private int depth;

  /** The field whose values stand in the parentheses at hand. */
  private @Nullable FieldRef within;

  QueryParser(String text) {
    this.text = text;
    this.lexer = new QueryLexer(text);
  }

  Filter parse() {
    if (text.length() > MAX_LENGTH) {
      throw new QuerySyntaxException(
          MAX_LENGTH,
          "an expression has at most %,d characters, not %,d".formatted(MAX_LENGTH, text.length()));
    }
    lexer.skipBlanks();
    if (lexer.atEnd()) {
      return Filter.ALL;
    }
    Filter filter = or();
    if (!lexer.atEnd()) {
      // Only a parenthesis ends an expression before its end.
      throw new QuerySyntaxException(lexer.at(), "found ')', which nothing before it opens");
    }
    return filter;
  }

  private Filter or() {
    List<Filter> filters = new ArrayList<>();
    do {
      addAlternatives(filters, and());
    } while (lexer.takeKeyword("OR"));
    return filters.size() == 1 ? filters.getFirst() : new Filter.Or(filters);
  }

  private static void addAlternatives(List<Filter> into, Filter filter) {
    switch (filter) {
      case Filter.Or(List<Filter> inner) -> inner.forEach(each -> addAlternatives(into, each));
      case Filter.In(FieldRef field, Set<String> values) -> addValues(into, field, values);
      default -> into.add(filter);
    }
  }

  private static void addValues(List<Filter> into, FieldRef field, Set<String> values) {
    for (int i = 0; i < into.size(); i++) {
      if (into.get(i) instanceof Filter.In(FieldRef same, Set<String> others)
          && same.equals(field)) {
        Set<String> all = new LinkedHashSet<>(others);
        all.addAll(values);
        into.set(i, new Filter.In(field, all));
        return;
      }
    }
    into.add(new Filter.In(field, values));
  }

  private Filter and() {
    List<Filter> filters = new ArrayList<>();
    do {
      Filter next = not();
      if (next instanceof Filter.And(List<Filter> inner)) {
        filters.addAll(inner);
      } else {
        filters.add(next);
      }
      lexer.skipBlanks();
    } while (lexer.takeKeyword("AND") || continues());
    return filters.size() == 1 ? filters.getFirst() : new Filter.And(filters);
  }

  /** Whether something stands side by side with what was read. */
  private boolean continues() {
    return !lexer.atEnd() && lexer.peek() != ')' && !lexer.isNext("OR");
  }

  private Filter not() {
    lexer.skipBlanks();
    if (lexer.takeKeyword("NOT") || lexer.takeMinus()) {
      return deeper(() -> new Filter.Not(not()));
    }
    return primary();
  }

  private Filter deeper(Supplier<Filter> parse) {
    if (++depth > MAX_DEPTH) {
      throw new QuerySyntaxException(
          lexer.at(), "more than %d parentheses and NOT are open here".formatted(MAX_DEPTH));
    }
    Filter filter = parse.get();
    depth--;
    return filter;
  }

  private Filter primary() {
    int start = lexer.at();
    if (lexer.atEnd() || lexer.peek() == ')') {
      throw expected("a word, a phrase or FIELD:VALUE");
    }
    for (String keyword : QueryLexer.KEYWORDS) {
      if (lexer.takeKeyword(keyword)) {
        throw new QuerySyntaxException(
            start,
            "found %s, where a word, a phrase or FIELD:VALUE was expected; in quotes it is a word"
                .formatted(keyword));
      }
    }
    if (lexer.take('(')) {
      return parenthesised();
    }
    if (within != null) {
      return value(within);
    }
    String name = lexer.takeFieldName();
    return name == null ? anywhere() : behindName(name, start);
  }

  private Filter parenthesised() {
    int start = lexer.at() - 1;
    Filter filter = deeper(this::or);
    if (!lexer.take(')')) {
      throw new QuerySyntaxException(start, "the parenthesis that opens here is not closed");
    }
    return filter;
  }

  private Filter behindName(String name, int start) {
    if (name.equals(EXISTS)) {
      int at = lexer.at();
      return new Filter.Exists(field(lexer.word().text(), at));
    }
    FieldRef field = field(name, start);
    if (!lexer.take('(')) {
      return value(field);
    }
    within = field;
    try {
      return parenthesised();
    } finally {
      within = null;
    }
  }

  private static FieldRef field(String name, int at) {
    return FieldName.find(name)
        .orElseThrow(() ->
            new QuerySyntaxException(
                at,
                "there is no field '%s'%s; other names are attributes.%s, and text with a colon goes"
                        .formatted(name, ClosestName.hint(name, FieldName.ALL), name)
                    + " into quotes"));
  }

  /** A word, a phrase or a regular expression without a field. */
  private Filter anywhere() {
    int start = lexer.at();
    return switch (lexer.peek()) {
      case '"' -> QueryLanguage.anywhere(lexer.phrase());
      case '/' -> QueryLanguage.anywhere(pattern());
      default -> {
        QueryLexer.Word word = lexer.word();
        if (word.text().equals("*") && word.plain()) {
          yield Filter.ALL;
        }
        if (word.text().isEmpty()) {
          throw new QuerySyntaxException(
              start, lexer.found() + ", where a word, a phrase or FIELD:VALUE was expected");
        }
        // Words are found inside of others, so a star at their end says nothing new.
        yield QueryLanguage.anywhere(word.text());
      }
    };
  }

  private Filter value(FieldRef field) {
    lexer.skipBlanks();
    int start = lexer.at();
    try {
      return switch (lexer.peek()) {
        case '"' -> FieldFilter.literal(field, lexer.phrase());
        case '/' -> new Filter.Regex(searchable(field), pattern());
        case '[', '{' -> range(field);
        default -> word(field, start);
      };
    } catch (FilterSyntaxException e) {
      throw new QuerySyntaxException(start, String.valueOf(e.getMessage()));
    }
  }

  private Filter word(FieldRef field, int start) {
    QueryLexer.Word word = lexer.word();
    if (word.text().isEmpty()) {
      throw new QuerySyntaxException(
          start, lexer.found() + ", where a value of %s was expected".formatted(field.name()));
    }
    if (word.star()) {
      return FieldFilter.beginning(field, word.text());
    }
    return word.plain()
        ? FieldFilter.one(field, word.text())
        : FieldFilter.literal(field, word.text());
  }

  private RegexPattern pattern() {
    int start = lexer.at();
    QueryLexer.Slashed slashed = lexer.regex();
    try {
      return RegexPattern.of(slashed.text(), slashed.ignoringCase());
    } catch (IllegalArgumentException e) {
      throw new QuerySyntaxException(start, String.valueOf(e.getMessage()));
    }
  }

  private static FieldRef searchable(FieldRef field) {
    if (field instanceof FieldRef.Known(var known) && !known.kind().isText()) {
      throw new FilterSyntaxException(
          "%s is no text, and a regular expression is looked for in text"
              .formatted(known.jsonName()));
    }
    return field;
  }

  private Filter range(FieldRef field) {
    boolean lowInclusive = lexer.peek() == '[';
    lexer.take(lowInclusive ? '[' : '{');
    lexer.skipBlanks();
    String low = lexer.bound();
    lexer.skipBlanks();
    if (!lexer.takeKeyword("TO")) {
      throw expected("TO and the other bound of the range");
    }
    lexer.skipBlanks();
    String high = lexer.bound();
    lexer.skipBlanks();
    boolean highInclusive = lexer.peek() == ']';
    if (!lexer.take(']') && !lexer.take('}')) {
      throw expected("] or } at the end of the range");
    }
    return FieldFilter.range(field, low, lowInclusive, high, highInclusive);
  }

  private QuerySyntaxException expected(String what) {
    return new QuerySyntaxException(
        lexer.at(), "%s, where %s was expected".formatted(lexer.found(), what));
  }
}
