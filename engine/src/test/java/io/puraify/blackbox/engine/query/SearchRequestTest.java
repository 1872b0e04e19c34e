package io.puraify.blackbox.engine.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.puraify.blackbox.core.Cursor;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Order;
import io.puraify.blackbox.core.Page;
import io.puraify.blackbox.core.Problem;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.core.Search;
import io.puraify.blackbox.core.TimeRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchRequestTest {

  private static final Instant NOW = Instant.parse("2025-07-25T12:00:00Z");

  @Test
  void withoutParametersTheNewestHundredOfEverythingAreMeant() {
    Search search = parse().search();

    assertThat(search.range()).isEqualTo(TimeRange.ALL);
    assertThat(search.order()).isEqualTo(Order.NEWEST_FIRST);
    assertThat(search.limit()).isEqualTo(100);
    assertThat(search.after()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "since=15m, 2025-07-25T11:45:00Z",
    "since=90s, 2025-07-25T11:58:30Z",
    "since=500ms, 2025-07-25T11:59:59.500Z",
    "since=2h, 2025-07-25T10:00:00Z",
    "since=7d, 2025-07-18T12:00:00Z",
    "since=2w, 2025-07-11T12:00:00Z",
    "from=2025-07-01, 2025-07-01T00:00:00Z",
    "from=2025-07-01T02:00:00+02:00, 2025-07-01T00:00:00Z",
    "from=1751328000, 2025-07-01T00:00:00Z",
    "from=1751328000000, 2025-07-01T00:00:00Z",
  })
  void timesAreReadAsPeopleWriteThem(String parameter, Instant from) {
    assertThat(parse(parameter).search().range().fromMicros()).isEqualTo(Micros.of(from));
  }

  @Test
  void theNextPageKeepsTheTimeRangeAndTheOrder() {
    SearchRequest first = parse("status=error", "since=1h", "order=oldest", "limit=2");
    Page<String> page = new Page<>(List.of("a", "b"), new Cursor(5, 9));

    String cursor = first.nextCursor(page).orElseThrow();
    Instant later = NOW.plusSeconds(600);
    Search next =
        SearchRequest.parse(
                parameters("status=error", "since=1h", "order=oldest", "cursor=" + cursor), later)
            .search();

    assertThat(next.range()).isEqualTo(first.search().range());
    assertThat(next.order()).isEqualTo(Order.OLDEST_FIRST);
    assertThat(next.after()).isEqualTo(new Cursor(5, 9));
  }

  @Test
  void theLastPageHasNoCursor() {
    assertThat(parse().nextCursor(new Page<>(List.of("a"), null))).isEmpty();
  }

  @Test
  void aCursorOfAnotherSearchIsRefused() {
    String cursor =
        parse("status=error").nextCursor(new Page<>(List.of(), new Cursor(5, 9))).orElseThrow();

    assertThat(errors("status=success", "cursor=" + cursor))
        .singleElement()
        .satisfies(error -> assertThat(error.detail()).contains("other parameters"));
  }

  @Test
  void aCursorThatWasChangedIsRefused() {
    String cursor = parse().nextCursor(new Page<>(List.of(), new Cursor(5, 9))).orElseThrow();
    for (int i = 0; i < cursor.length(); i++) {
      char other = cursor.charAt(i) == 'A' ? 'B' : 'A';
      String changed = cursor.substring(0, i) + other + cursor.substring(i + 1);
      assertThat(errors("cursor=" + changed)).as(changed).isNotEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "limit=0 | '0' is not a number from 1 to 5000",
        "limit=5001 | '5001' is not a number from 1 to 5000",
        "limit=-1 | '-1' is not a number from 1 to 5000",
        "limit=ten | 'ten' is not a number from 1 to 5000",
        "order=up | 'up' is no order; write newest or oldest",
        "since=soon | 'soon' is not a span of time; write 90s, 15m, 24h, 7d or 2w",
        "since=999999999w | '999999999w' is more than a hundred years",
        "from=soon | 'soon' is not a time",
        "cursor=nowhere | this is no cursor",
        "stats=error | did you mean status?",
        "colour=red | other names are attributes.colour",
        "attributes.=red | there is no parameter or field of this name",
        "status=a,!b | '!' at character 3",
      })
  void saysWhichParameterIsWrongAndWhy(String parameter, String complaint) {
    assertThat(errors(parameter))
        .singleElement()
        .satisfies(error -> {
          assertThat(error.pointer()).isEqualTo(parameter.substring(0, parameter.indexOf('=')));
          assertThat(error.detail()).contains(complaint);
        });
  }

  @Test
  void namesEveryParameterThatIsWrong() {
    assertThat(errors("limit=x", "since=1h", "from=2025-07-01", "status="))
        .extracting(Problem.Item::pointer)
        .containsExactlyInAnyOrder("limit", "since", "status");
    assertThat(errors("limit=1", "limit=2")).extracting(Problem.Item::pointer).contains("limit");
    assertThat(errors("from=2025-07-02", "to=2025-07-01"))
        .extracting(Problem.Item::pointer)
        .contains("to");
  }

  private static List<Problem.Item> errors(String... parameters) {
    ProblemException refused =
        catchThrowableOfType(ProblemException.class, () -> parse(parameters));
    assertThat(refused).as("refusal of %s", Arrays.toString(parameters)).isNotNull();
    assertThat(refused.problem().status()).isEqualTo(400);
    return refused.problem().errors();
  }

  private static SearchRequest parse(String... parameters) {
    return SearchRequest.parse(parameters(parameters), NOW);
  }

  private static Map<String, List<String>> parameters(String... parameters) {
    Map<String, List<String>> byName = new LinkedHashMap<>();
    for (String parameter : parameters) {
      int equals = parameter.indexOf('=');
      byName
          .computeIfAbsent(parameter.substring(0, equals), name -> new ArrayList<>())
          .add(parameter.substring(equals + 1));
    }
    return byName;
  }
}
