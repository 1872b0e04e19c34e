package io.puraify.blackbox.engine.query;

import io.puraify.blackbox.core.ClosestName;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Problem;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.core.TimeRange;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.zip.CRC32C;

/**
 * The parameters of a request: every field of an event as a filter, {@code q} for an expression of
 * the {@link QueryLanguage}, {@code from}, {@code to} and {@code since}, and those that a route has
 * of its own. What is wrong is collected, so that all of it can be said at once. For one thread.
 */
public final class Parameters {

  static final String FROM = "from";
  static final String TO = "to";
  static final String SINCE = "since";
  static final String QUERY = "q";

  private final Map<String, List<String>> parameters;
  private final Instant now;
  private final List<String> controls;
  private final List<Problem.Item> errors = new ArrayList<>();

  /**
   * Begins to read.
   *
   * @param now what {@code since} counts from
   * @param own the names of the route's own parameters
   */
  public Parameters(Map<String, List<String>> parameters, Instant now, List<String> own) {
    this.parameters = parameters;
    this.now = now;
    this.controls = new ArrayList<>(List.of(FROM, TO, SINCE, QUERY));
    controls.addAll(own);
  }

  /** Says what is wrong, if anything is. */
  public void refuseWhatIsWrong() {
    if (!errors.isEmpty()) {
      throw refusal(errors);
    }
  }

  /** What is answered where one parameter is wrong. */
  public static ProblemException refusal(String parameter, String detail) {
    return refusal(List.of(new Problem.Item(null, parameter, detail)));
  }

  private static ProblemException refusal(List<Problem.Item> errors) {
    String all = errors.size() == 1 ? "A parameter" : errors.size() + " parameters";
    return new ProblemException(
        new Problem(
            400,
            "invalid-parameters",
            "The request cannot be understood",
            all + " cannot be understood",
            errors));
  }

  /** The filters, of which all must hold. */
  public Filter filter() {
    List<Filter> filters = new ArrayList<>();
    for (String text : parameters.getOrDefault(QUERY, List.of())) {
      attempt(QUERY, text, Parameters::query).ifPresent(filters::add);
    }
    parameters.forEach((name, texts) -> {
      if (!controls.contains(name)) {
        Optional<FieldRef> field = attempt(name, name, this::filtered);
        for (String text : texts) {
          field
              .flatMap(one -> attempt(name, text, value -> FieldFilter.parse(one, value)))
              .ifPresent(filters::add);
        }
      }
    });
    // As it was without an expression that means every event.
    filters.removeIf(Filter.ALL::equals);
    return new Filter.And(filters);
  }

  private static Filter query(String text) {
    try {
      return QueryLanguage.parse(text);
    } catch (QuerySyntaxException e) {
      throw new FilterSyntaxException(String.valueOf(e.getMessage()));
    }
  }

  private FieldRef filtered(String name) {
    List<String> known = new ArrayList<>(controls);
    known.addAll(FieldName.ALL);
    return FieldName.find(name)
        .orElseThrow(() ->
            new FilterSyntaxException(
                "there is no parameter or field of this name%s; other names are attributes.%s"
                    .formatted(ClosestName.hint(name, known), name)));
  }

  /**
   * A checksum of the parameters, so that a cursor is not used with others.
   *
   * @param except names of those that may differ from page to page
   */
  public int checksum(Set<String> except) {
    CRC32C crc = new CRC32C();
    new TreeMap<>(parameters)
        .forEach((name, texts) -> {
          if (!except.contains(name)) {
            for (String text : texts) {
              crc.update((name + "=" + text + "\n").getBytes(StandardCharsets.UTF_8));
            }
          }
        });
    return (int) crc.getValue();
  }

  /** From {@code since} or {@code from} to {@code to}; without them, all times. */
  public TimeRange range() {
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

  /** What the expressions of a parameter mean, of which all must hold. */
  public Filter expression(String name) {
    List<Filter> filters = new ArrayList<>();
    for (String text : parameters.getOrDefault(name, List.of())) {
      attempt(name, text, Parameters::query).ifPresent(filters::add);
    }
    return filters.size() == 1 ? filters.getFirst() : new Filter.And(filters);
  }

  /** The time that a parameter says, in microseconds since the epoch. */
  public Optional<Long> time(String name) {
    return read(name, TimeParameter::micros);
  }

  /** The span of time that a parameter says, such as {@code 15m}. */
  public Optional<Duration> span(String name) {
    return read(name, TimeParameter::span);
  }

  /** The fields that a parameter lists. */
  public List<FieldRef> fields(String name) {
    return list(name, FieldName::parse);
  }

  /** What a parameter says that may be given once. */
  public <T> Optional<T> read(String name, Function<String, T> reader) {
    List<String> texts = parameters.getOrDefault(name, List.of());
    if (texts.size() > 1) {
      error(name, "it is given %d times, and once was expected".formatted(texts.size()));
    }
    return texts.isEmpty() ? Optional.empty() : attempt(name, texts.getFirst(), reader);
  }

  /** Reads a text, or takes note of what is wrong with it. */
  <T> Optional<T> attempt(String name, String text, Function<String, T> reader) {
    try {
      return Optional.of(reader.apply(text));
    } catch (FilterSyntaxException e) {
      error(name, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** Takes note of something that is wrong. */
  public void error(String parameter, String detail) {
    errors.add(new Problem.Item(null, parameter, detail));
  }

  /** What a parameter lists, behind commas or given again. */
  public <T> List<T> list(String name, Function<String, T> reader) {
    List<T> items = new ArrayList<>();
    for (String texts : parameters.getOrDefault(name, List.of())) {
      for (String text : texts.split(",", -1)) {
        attempt(name, text, reader)
            .ifPresent(item -> {
              if (items.contains(item)) {
                error(name, "'%s' is listed twice".formatted(text));
              }
              items.add(item);
            });
      }
    }
    return items;
  }

  /** A whole number from 1 on. */
  public static int number(String text, int most) {
    boolean number = text.matches("[0-9]{1,9}");
    if (!number || Integer.parseInt(text) < 1 || Integer.parseInt(text) > most) {
      throw new FilterSyntaxException("'%s' is not a number from 1 to %d".formatted(text, most));
    }
    return Integer.parseInt(text);
  }
}
