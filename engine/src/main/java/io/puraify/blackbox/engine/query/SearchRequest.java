package io.puraify.blackbox.engine.query;

import io.puraify.blackbox.core.Cursor;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Order;
import io.puraify.blackbox.core.Page;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.core.Search;
import io.puraify.blackbox.core.TimeRange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What somebody asks for, read from the parameters of a request: every field of an event as a
 * filter, and {@code from}, {@code to}, {@code since}, {@code order}, {@code limit}, {@code
 * cursor}.
 *
 * <p>Several filters must all hold, also several of the same name.
 *
 * @param search what the store is asked
 * @param checksum of the parameters, so that a cursor is not used with others
 */
public record SearchRequest(Search search, int checksum) {

  /** Events a page where nothing else is asked for. */
  public static final int DEFAULT_LIMIT = 100;

  private static final String ORDER = "order";
  private static final String LIMIT = "limit";
  private static final String CURSOR = "cursor";

  private static final List<String> OWN = List.of(ORDER, LIMIT, CURSOR);

  /**
   * Reads the parameters of a request.
   *
   * @param now what {@code since} counts from
   * @throws ProblemException naming every parameter that is wrong
   */
  public static SearchRequest parse(Map<String, List<String>> parameters, Instant now) {
    return new Parser(parameters, now).request();
  }

  /** The text that asks for the page behind this one, if there is one. */
  public Optional<String> nextCursor(Page<?> page) {
    return Optional.ofNullable(page.next())
        .map(next -> new CursorToken(search.order(), search.range(), next, checksum).encode());
  }

  private static final class Parser {
    private final Parameters parameters;

    Parser(Map<String, List<String>> given, Instant now) {
      this.parameters = new Parameters(given, now, OWN);
    }

    SearchRequest request() {
      Filter filter = parameters.filter();
      // A page may have another size than the one before.
      int checksum = parameters.checksum(Set.of(CURSOR, LIMIT));
      Optional<CursorToken> token = parameters.read(CURSOR, text -> cursor(text, checksum));
      TimeRange range = token.map(CursorToken::range).orElseGet(parameters::range);
      Order order = token.map(CursorToken::order).orElseGet(this::order);
      int limit =
          parameters
              .read(LIMIT, text -> Parameters.number(text, Search.MAX_LIMIT))
              .orElse(DEFAULT_LIMIT);
      parameters.refuseWhatIsWrong();
      Cursor after = token.map(CursorToken::cursor).orElse(null);
      return new SearchRequest(new Search(filter, range, order, after, limit), checksum);
    }

    private Order order() {
      return parameters
          .read(
              ORDER,
              text ->
                  switch (text) {
                    case "newest" -> Order.NEWEST_FIRST;
                    case "oldest" -> Order.OLDEST_FIRST;
                    default ->
                        throw new FilterSyntaxException(
                            "'%s' is no order; write newest or oldest".formatted(text));
                  })
          .orElse(Order.NEWEST_FIRST);
    }

    private static CursorToken cursor(String text, int checksum) {
      CursorToken token =
          CursorToken.decode(text)
              .orElseThrow(() ->
                  new FilterSyntaxException(
                      "this is no cursor; send a next_cursor as it was answered, or none"));
      if (token.request() != checksum) {
        throw new FilterSyntaxException(
            "the cursor belongs to a search with other parameters; repeat those of the first page");
      }
      return token;
    }
  }
}
