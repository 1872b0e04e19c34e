package io.puraify.blackbox.engine.performance;

import io.puraify.blackbox.core.Aggregation;
import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Grouping;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.core.Table;
import io.puraify.blackbox.core.TimeRange;
import io.puraify.blackbox.core.Top;
import io.puraify.blackbox.engine.query.FieldsRequest;
import io.puraify.blackbox.engine.query.Parameters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is different about some events against the rest, read from the parameters of a request:
 * those of a search say which events are compared, and {@code selected}, {@code selected_from} and
 * {@code selected_to} which of them are selected.
 *
 * @param within all events that are compared
 * @param selected which of them are selected
 * @param fields to look at, those that events have where none is named
 */
public record DifferencesRequest(
    Filter within,
    TimeRange range,
    Filter selected,
    TimeRange selectedRange,
    List<FieldRef> fields,
    int limit) {

  static final int DEFAULT_LIMIT = 20;
  static final int MAX_LIMIT = 200;

  /** Values of a field that are compared, the most frequent among the selected. */
  static final int VALUES = 100;

  /** Each attribute is a search of its own through the JSON of all events. */
  static final int ATTRIBUTES = 10;

  private static final int MAX_FIELDS = 30;

  private static final String SELECTED = "selected";
  private static final String SELECTED_FROM = "selected_from";
  private static final String SELECTED_TO = "selected_to";
  private static final String FIELDS = "fields";

  /** Names of what calls have in common; others are of each event alone. */
  private static final List<FieldRef> KNOWN =
      Arrays.stream(Field.values())
          .filter(field -> field.kind() == Field.Kind.LABEL || field == Field.USER_ID)
          .<FieldRef>map(FieldRef.Known::new)
          .toList();

  /**
   * Reads the parameters of a request.
   *
   * @param now where the range ends that is not said
   * @throws ProblemException naming every parameter that is wrong
   */
  public static DifferencesRequest parse(Map<String, List<String>> given, Instant now) {
    List<String> own =
        List.of(SELECTED, SELECTED_FROM, SELECTED_TO, FIELDS, PerformanceRequest.LIMIT);
    Parameters parameters = new Parameters(given, now, own);
    Filter within = parameters.filter();
    TimeRange range = Scope.closed(parameters.range(), now);
    Filter selected = parameters.expression(SELECTED);
    long from = parameters.time(SELECTED_FROM).orElse(range.fromMicros());
    long to = parameters.time(SELECTED_TO).orElse(range.toMicros());
    if (to < from) {
      parameters.error(SELECTED_TO, "it ends before it begins");
    }
    if (selected.equals(Filter.ALL) && from <= range.fromMicros() && to >= range.toMicros()) {
      parameters.error(
          SELECTED, "say which events are selected, by this or by selected_from and selected_to");
    }
    List<FieldRef> fields = parameters.fields(FIELDS);
    if (fields.size() > MAX_FIELDS) {
      parameters.error(FIELDS, "at most %d are possible".formatted(MAX_FIELDS));
    }
    int limit =
        parameters
            .read(PerformanceRequest.LIMIT, text -> Parameters.number(text, MAX_LIMIT))
            .orElse(DEFAULT_LIMIT);
    parameters.refuseWhatIsWrong();
    long begin = Math.clamp(from, range.fromMicros(), range.toMicros());
    TimeRange part = new TimeRange(begin, Math.clamp(to, begin, range.toMicros()));
    return new DifferencesRequest(within, range, selected, part, fields, limit);
  }

  /** Compares. */
  public Differences answer(EventStore store) {
    Filter chosen = new Filter.And(List.of(within, selected));
    long all = count(store, within, range);
    long here = count(store, chosen, selectedRange);
    List<FieldRef> compared = here == 0 ? List.of() : compared(store, chosen);
    List<Difference> found = new ArrayList<>();
    for (FieldRef field : compared) {
      differences(store, field, chosen, here, all - here).stream()
          .filter(each -> each.isNoChance(here, all - here))
          .forEach(found::add);
    }
    found.sort(
        Comparator.comparingDouble(Difference::score)
            .reversed()
            .thenComparing(each -> each.field().name())
            .thenComparing(each -> "" + each.value()));
    List<Difference> first = found.subList(0, Math.min(limit, found.size()));
    return new Differences(range, here, all - here, compared, first);
  }

  private static long count(EventStore store, Filter filter, TimeRange range) {
    Table table =
        store.aggregate(new Aggregation(filter, range, Grouping.NONE, List.of(), Top.byCount(1)));
    return table.rows().getFirst().count();
  }

  /** The fields to look at; what the selection itself asks for tells nothing. */
  private List<FieldRef> compared(EventStore store, Filter chosen) {
    if (!fields.isEmpty()) {
      return fields;
    }
    List<FieldRef> found = new ArrayList<>(KNOWN);
    new FieldsRequest(chosen, selectedRange)
        .answer(store).attributes().stream()
            .limit(ATTRIBUTES)
            .map(attribute -> attribute.value().substring(FieldRef.ATTRIBUTE_PREFIX.length()))
            .map(FieldRef.Attribute::new)
            .forEach(found::add);
    found.removeAll(FilterFields.of(selected));
    return found;
  }

  private List<Difference> differences(
      EventStore store, FieldRef field, Filter chosen, long here, long there) {
    Map<@Nullable String, Long> selectedCounts = counts(store, field, chosen, selectedRange);
    Set<String> values = new HashSet<>();
    for (String value : selectedCounts.keySet()) {
      if (value != null) {
        values.add(value);
      }
    }
    // Those without the field have no value to ask for.
    Filter absent = new Filter.Not(new Filter.Exists(field));
    Filter same =
        values.isEmpty() ? absent : new Filter.Or(List.of(new Filter.In(field, values), absent));
    Map<@Nullable String, Long> allCounts =
        counts(store, field, new Filter.And(List.of(within, same)), range);
    List<Difference> differences = new ArrayList<>();
    selectedCounts.forEach((value, count) -> {
      // Events may have come between the two questions.
      long rest = Math.clamp(allCounts.getOrDefault(value, count) - count, 0, there);
      differences.add(Difference.of(field, value, count, here, rest, there));
    });
    return differences;
  }

  private static Map<@Nullable String, Long> counts(
      EventStore store, FieldRef field, Filter filter, TimeRange range) {
    Aggregation aggregation =
        new Aggregation(filter, range, Grouping.by(field), List.of(), Top.byCount(VALUES + 2));
    Map<@Nullable String, Long> counts = new HashMap<>();
    for (Table.Row row : store.aggregate(aggregation).rows()) {
      counts.put(row.group().getFirst(), row.count());
    }
    return counts;
  }
}
