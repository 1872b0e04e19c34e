package io.puraify.blackbox.engine.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.RegexPattern;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryLanguageTest {

  private static final FieldRef STATUS = new FieldRef.Known(Field.STATUS);
  private static final FieldRef DURATION = new FieldRef.Known(Field.DURATION_MS);
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  /** What each expression is in its plainest form, which names every part of its meaning. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "token | token",
        "token expired | token expired",
        "token AND expired | token expired",
        "~\"token expired\"~ | ~\"token expired\"~",
        "token* | token",
        "a b OR c d | (a b) OR (c d)",
        "a (b OR c) | a (b OR c)",
        "(a OR b) OR c | a OR b OR c",
        "(a b) (c d) | a b c d",
        "NOT a b | NOT a b",
        "NOT (a b) | NOT (a b)",
        "-a | NOT a",
        "-(-a) | NOT NOT a",
        "a-b | a-b",
        "* | *",
        "status:error | status:error",
        "status:FAILED | status:error",
        "status:(error OR timeout) | status:(error OR timeout)",
        "status:error OR status:timeout | status:(error OR timeout)",
        "status:(error OR timeout) OR platform:Slack OR status:denied | "
            + "status:(denied OR error OR timeout) OR platform:Slack",
        "-status:success | NOT status:success",
        "status:(error -timeout) | status:error NOT status:timeout",
        "engine:execution_engine | engine:execution",
        "severity:warn | severity:medium",
        "severity:>=high | severity:(critical OR high)",
        "severity:[low TO medium] | severity:(low OR medium)",
        "platform:~\"Google Drive\"~ | platform:~\"Google Drive\"~",
        "platform:Google\\ Drive | platform:~\"Google Drive\"~",
        "duration_ms:842 | duration_ms:842",
        "duration_ms:>500 | duration_ms:{500 TO *]",
        "duration_ms:>=500 | duration_ms:[500 TO *]",
        "duration_ms:<0.5 | duration_ms:[* TO 0.5}",
        "duration_ms:[100 TO 500} | duration_ms:[100 TO 500}",
        "duration_ms:100..500 | duration_ms:[100 TO 500]",
        "timestamp:>=2025-07-25 | timestamp:[2025-07-25T00:00:00Z TO *]",
        "error_type:api_* | error_type:api_*",
        "error_type:* | _exists_:error_type",
        "_exists_:stack_trace | _exists_:stack_trace",
        "message:token | message:~\"token\"~",
        "message:(token expired) | message:~\"token\"~ message:~\"expired\"~",
        "message:/time(d )?out/i | message:/time(d )?out/i",
        "/a\\/b/ | /a\\/b/",
        "attributes.region:eu | attributes.region:eu",
        "attributes.a\\:b:1 | attributes.a\\:b:1",
        "_exists_:attributes.x | _exists_:attributes.x",
        "truncated:true | truncated:1",
        "not and or | not and or",
      })
  void expressionsMeanWhatTheyShould(String expression, String meaning) {
    Filter filter = QueryLanguage.parse(unquoted(expression));
    assertThat(QueryLanguage.print(filter)).isEqualTo(unquoted(meaning));
    assertThat(QueryLanguage.parse(QueryLanguage.print(filter))).isEqualTo(filter);
  }

  private static String unquoted(String text) {
    return text.replace("~", "");
  }

  @Test
  void aWordIsLookedForInTextAndAValueComparedWhole() {
    Filter.Or word = (Filter.Or) QueryLanguage.parse("token");
    assertThat(word.filters())
        .containsExactly(
            new Filter.Contains(new FieldRef.Known(Field.MESSAGE), "token"),
            new Filter.Contains(new FieldRef.Known(Field.ERROR_TYPE), "token"),
            new Filter.Contains(new FieldRef.Known(Field.STACK_TRACE), "token"));
    assertThat(QueryLanguage.parse("status:error -duration_ms:>500"))
        .isEqualTo(
            new Filter.And(
                List.of(
                    new Filter.In(STATUS, Set.of("error")),
                    new Filter.Not(new Filter.Range(DURATION, 500, false, INFINITY, true)))));
  }

  @Test
  void anEmptyExpressionMeansEveryEvent() {
    assertThat(QueryLanguage.parse("  ")).isEqualTo(Filter.ALL);
    assertThat(QueryLanguage.print(Filter.ALL)).isEqualTo("*");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~\"token~ | column 1: the quote that opens here is not closed",
        "a \"\" | column 3: the quotes hold nothing; NOT _exists_:FIELD finds events without a value",
        "(a OR b | column 1: the parenthesis that opens here is not closed",
        "a) | column 2: found ')', which nothing before it opens",
        "a OR | column 5: the expression ends, where a word, a phrase or FIELD:VALUE was expected",
        "OR a | column 1: found OR, where a word, a phrase or FIELD:VALUE was expected; in quotes it is a word",
        "a AND AND b | column 7: found AND, where a word, a phrase or FIELD:VALUE was expected; in quotes it is a word",
        "() | column 2: found ')', where a word, a phrase or FIELD:VALUE was expected",
        "a stauts:error | column 3: there is no field 'stauts'; did you mean status?; other names are attributes.stauts, and text with a colon goes into quotes",
        "status: | column 8: the expression ends, where a value of status was expected",
        "status:>5 | column 8: status is text and has no order; put the value in quotes to look for it as it is",
        "severity:>loud | column 10: 'loud' is no severity; there are debug, info, low, medium, high, critical",
        "duration_ms:fast | column 13: 'fast' is not a number",
        "duration_ms:/1/ | column 13: duration_ms is no text, and a regular expression is looked for in text",
        "duration_ms:[1 TO | column 18: the expression ends, where a bound of the range was expected",
        "duration_ms:[1 2] | column 16: found '2', where TO and the other bound of the range was expected",
        "duration_ms:[1 TO 2 | column 20: the expression ends, where ] or } at the end of the range was expected",
        "duration_ms:[9 TO 1] | column 13: the range ends at 1, before it begins at 9",
        "timestamp:>yesterday | column 11: 'yesterday' is not a time; write 2025-07-25T14:01:00Z, 2025-07-25, or seconds, milliseconds, microseconds or nanoseconds since 1970",
        "message:a*b | column 10: '*' stands for what follows only at the end of a value; write a regular expression, as in message:/a.*b/",
        "message:/a | column 9: the slash that opens a regular expression here is not closed",
        "message:/a/x | column 12: found 'x' behind a regular expression, where i, a blank or the end was expected",
        "message:/a(b/ | column 9: 'a(b' is no regular expression: missing closing )",
        "/a)(b/ | column 1: 'a)(b' is no regular expression: unexpected )",
        "/(a{100}){11}/ | column 1: the regular expression '(a{100}){11}' is too large; repeat less",
        "/a\\B/ | column 1: 'a\\B' has \\B, which not every store understands alike; \\b is",
        "attributes:x | column 12: name one of the attributes, as in attributes.region=eu",
      })
  void errorsNameTheColumnWhatIsThereAndWhatWasExpected(String expression, String message) {
    assertThatThrownBy(() -> QueryLanguage.parse(unquoted(expression)))
        .isInstanceOf(QuerySyntaxException.class)
        .hasMessage(message);
  }

  /** Each has an answer at once: a filter, or what is wrong with it. */
  @ParameterizedTest
  @ValueSource(
      strings = {"(", ")", "(a", "-", "NOT ", "NOT a ", "a OR ", "\"", "\\", "status:(", "/(a+)+"})
  @Timeout(10)
  void whatIsRepeatedTenThousandTimesIsAnsweredAtOnce(String part) {
    String text = part.repeat(10_000);
    try {
      QueryLanguage.parse(text.substring(0, Math.min(text.length(), QueryParser.MAX_LENGTH)));
    } catch (QuerySyntaxException e) {
      assertThat(e).hasMessageContaining("column");
    }
    assertThatThrownBy(() -> QueryLanguage.parse("a".repeat(QueryParser.MAX_LENGTH + 1)))
        .hasMessageContaining("an expression has at most 16,384 characters");
  }

  @Test
  void aRegularExpressionTakesTimeInProportionToTheTextWhateverItIs() {
    Event event =
        Event.at(0).set(Field.MESSAGE, "a".repeat(50_000) + "!").set(Field.PROJECT_ID, "p").build();
    Filter filter = QueryLanguage.parse("message:/(a+)+(a|aa)+$/");
    long began = System.nanoTime();
    assertThat(filter.test(event)).isFalse();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
    assertThatThrownBy(() -> QueryLanguage.parse("message:/((a{1000}){100}){10}/"))
        .isInstanceOf(QuerySyntaxException.class);
  }

  @Test
  void whatIsPrintedMeansTheSame() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 20_000; i++) {
      String text = expression(random, 0);
      Filter filter = QueryLanguage.parse(text);
      assertThat(QueryLanguage.parse(QueryLanguage.print(filter))).as("%s", text).isEqualTo(filter);
    }
  }

  private static final List<String> VALUES =
      List.of(
          "a",
          "A.b",
          "AND",
          "or",
          "1",
          "-5",
          "1e3",
          "x y",
          "é",
          "\"",
          "\\",
          "*",
          "a*",
          ">1",
          "1..2",
          "/",
          "(",
          ":",
          "2025-07-25",
          "[1 TO 2]",
          "true",
          "high",
          "\u00a0",
          "😀",
          "{}",
          "-");

  private static String expression(SplittableRandom random, int depth) {
    return switch (random.nextInt(depth < 4 ? 9 : 5)) {
      case 0 -> quoted(random);
      case 1 -> "status:" + quoted(random);
      case 2 -> "attributes." + name(random) + ":" + quoted(random);
      case 3 ->
          List.of("duration_ms:>1", "retries:[1 TO 5}", "severity:<high").get(random.nextInt(3));
      case 4 ->
          List.of("error_type:a\\*\\:b*", "message:/a\\/b\\\\/i", "/x|y/", "_exists_:host", "*")
              .get(random.nextInt(5));
      case 5 -> expression(random, depth + 1) + " OR " + expression(random, depth + 1);
      case 6 -> expression(random, depth + 1) + " " + expression(random, depth + 1);
      case 7 -> "(" + expression(random, depth + 1) + ")";
      default -> "NOT " + expression(random, depth + 1);
    };
  }

  private static String quoted(SplittableRandom random) {
    String value = VALUES.get(random.nextInt(VALUES.size()));
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String name(SplittableRandom random) {
    StringBuilder name = new StringBuilder();
    VALUES
        .get(random.nextInt(VALUES.size()))
        .codePoints()
        .forEach(c -> name.append('\\').appendCodePoint(c));
    return name.toString();
  }

  @Test
  void whatNoExpressionMeansIsNotPrinted() {
    assertThatThrownBy(() -> QueryLanguage.print(new Filter.Or(List.of())))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(RegexPattern.of("a", true)).isNotEqualTo(RegexPattern.of("a", false));
  }
}
