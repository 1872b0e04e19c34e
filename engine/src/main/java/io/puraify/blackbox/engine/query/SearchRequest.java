package io.puraify.blackbox.engine.query;

import io.puraify.blackbox.core.ClosestName;
import io.puraify.blackbox.core.Cursor;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Order;
import io.puraify.blackbox.core.Page;
import io.puraify.blackbox.core.Problem;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.core.Search;
import io.puraify.blackbox.core.TimeRange;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

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

  private static final String FROM = "from";
  private static final String TO = "to";
  private static final String SINCE = "since";
  private static final String ORDER = "order";
  private static final String LIMIT = "limit";
  private static final String CURSOR = "cursor";

  private static final List<String> CONTROLS = List.of(FROM, TO, SINCE, ORDER, LIMIT, CURSOR);

  private static final List<String> NAMES =
      Stream.concat(CONTROLS.stream(), Arrays.stream(Field.values()).map(Field::jsonName)).toList();

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
    private final Map<String, List<String>> parameters;
    private final Instant now;
    private final List<Problem.Item> errors = new ArrayList<>();

    Parser(Map<String, List<String>> parameters, Instant now) {
      this.parameters = parameters;
      this.now = now;
    }

    SearchRequest request() {
      Filter filter = filter();
      int checksum = checksum();
      Optional<CursorToken> token = read(CURSOR, text -> cursor(text, checksum));
      TimeRange range = token.map(CursorToken::range).orElseGet(this::range);
      Order order = token.map(CursorToken::order).orElseGet(this::order);
      int limit = read(LIMIT, Parser::limit).orElse(DEFAULT_LIMIT);
      if (!errors.isEmpty()) {
        String all = errors.size() == 1 ? "A parameter" : errors.size() + " parameters";
        throw new ProblemException(
            new Problem(
                400,
                "invalid-parameters",
                "The request cannot be understood",
                all + " cannot be understood",
                errors));
      }
      Cursor after = token.map(CursorToken::cursor).orElse(null);
      return new SearchRequest(new Search(filter, range, order, after, limit), checksum);
    }

    private Filter filter() {
      List<Filter> filters = new ArrayList<>();
      parameters.forEach((name, texts) -> {
        if (!CONTROLS.contains(name)) {
          FieldRef field = field(name);
          for (String text : texts) {
            if (field != null) {
              attempt(name, text, value -> FieldFilter.parse(field, value)).ifPresent(filters::add);
            }
          }
        }
      });
      return new Filter.And(filters);
    }

    private @Nullable FieldRef field(String name) {
      Field known = Field.named(name);
      if (known != null) {
        return new FieldRef.Known(known);
      }
      boolean attribute =
          name.startsWith(FieldRef.ATTRIBUTE_PREFIX)
              && name.length() > FieldRef.ATTRIBUTE_PREFIX.length();
      if (attribute) {
        return new FieldRef.Attribute(name.substring(FieldRef.ATTRIBUTE_PREFIX.length()));
      }
      error(
          name,
          "there is no parameter or field of this name%s; other names are attributes.%s"
              .formatted(ClosestName.hint(name, NAMES), name));
      return null;
    }

    private TimeRange range() {
      if (parameters.containsKey(SINCE) && parameters.containsKey(FROM)) {
        error(SINCE, "give since or from, not both");
      }
      long from =
          read(SINCE, text -> Micros.of(now.minus(TimeParameter.span(text))))
              .or(() -> read(FROM, TimeParameter::micros))
              .map(micros -> Math.max(0, micros))
              .orElse(TimeRange.ALL.fromMicros());
      long to = read(TO, TimeParameter::micros).orElse(TimeRange.ALL.toMicros());
      if (to < from) {
        error(
            TO,
            "the range ends at %s, before it begins at %s"
                .formatted(Micros.format(to), Micros.format(from)));
        return TimeRange.ALL;
      }
      return new TimeRange(from, to);
    }

    private Order order() {
      return read(
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

    private static int limit(String text) {
      boolean number = text.matches("[0-9]{1,9}");
      if (!number || Integer.parseInt(text) < 1 || Integer.parseInt(text) > Search.MAX_LIMIT) {
        throw new FilterSyntaxException(
            "'%s' is not a number from 1 to %d".formatted(text, Search.MAX_LIMIT));
      }
      return Integer.parseInt(text);
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

    /** Of what makes the search; a page may have another size than the one before. */
    private int checksum() {
      CRC32C crc = new CRC32C();
      new TreeMap<>(parameters)
          .forEach((name, texts) -> {
            if (!name.equals(CURSOR) && !name.equals(LIMIT)) {
              for (String text : texts) {
                crc.update((name + "=" + text + "\n").getBytes(StandardCharsets.UTF_8));
              }
            }
          });
      return (int) crc.getValue();
    }

    private <T> Optional<T> read(String name, Function<String, T> reader) {
      List<String> texts = parameters.getOrDefault(name, List.of());
      if (texts.size() > 1) {
        error(name, "it is given %d times, and once was expected".formatted(texts.size()));
      }
      return texts.isEmpty() ? Optional.empty() : attempt(name, texts.getFirst(), reader);
    }

    private <T> Optional<T> attempt(String name, String text, Function<String, T> reader) {
      try {
        return Optional.of(reader.apply(text));
      } catch (FilterSyntaxException e) {
        error(name, String.valueOf(e.getMessage()));
        return Optional.empty();
      }
    }

    private void error(String parameter, String detail) {
      errors.add(new Problem.Item(null, parameter, detail));
    }
  }
}
