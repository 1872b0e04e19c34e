package io.puraify.blackbox.storage.contract;

import io.puraify.blackbox.core.Aggregation;
import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Grouping;
import io.puraify.blackbox.core.Measure;
import io.puraify.blackbox.core.Numbers;
import io.puraify.blackbox.core.Step;
import io.puraify.blackbox.core.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an {@link Aggregation} means, said in the plainest way: over events in memory, exactly. */
public final class ExactAggregation {

  private final Aggregation aggregation;
  private final List<Event> events;

  private ExactAggregation(Aggregation aggregation, List<Event> events) {
    this.aggregation = aggregation;
    this.events = events;
  }

  /** The table of some events, in any order. */
  public static Table of(List<Event> events, Aggregation aggregation) {
    List<Event> meant =
        events.stream()
            .filter(event -> aggregation.range().contains(event.timestampMicros()))
            .filter(aggregation.filter()::test)
            .sorted(Comparator.comparingLong(Event::position))
            .toList();
    return new ExactAggregation(aggregation, meant).table();
  }

  private Table table() {
    Grouping grouping = aggregation.grouping();
    Map<List<@Nullable String>, List<Event>> series = new LinkedHashMap<>();
    for (Event event : events) {
      List<@Nullable String> group = new ArrayList<>();
      grouping.fields().forEach(field -> group.add(event.text(field)));
      series.computeIfAbsent(group, _ -> new ArrayList<>()).add(event);
    }
    Measure by = aggregation.top().by();
    // Sorting is stable, and the events are in the order of their positions.
    List<List<@Nullable String>> ranked =
        series.keySet().stream()
            .sorted(
                Comparator.comparing(
                    group -> of(by, series.getOrDefault(group, List.of())),
                    Comparator.nullsLast(Comparator.reverseOrder())))
            .toList();
    List<Table.Row> rows = new ArrayList<>();
    List<Event> rest = new ArrayList<>();
    for (int i = 0; i < ranked.size(); i++) {
      List<Event> members = series.getOrDefault(ranked.get(i), List.of());
      if (i < aggregation.top().limit()) {
        rows.addAll(rows(ranked.get(i), members));
      } else {
        rest.addAll(members);
      }
    }
    if (rows.isEmpty() && grouping.equals(Grouping.NONE)) {
      rows.addAll(List.of(row(List.of(), null, List.of())));
    }
    return new Table(rows, rows(List.of(), rest), ranked.size(), Set.of());
  }

  private List<Table.Row> rows(List<@Nullable String> group, List<Event> members) {
    Step step = aggregation.grouping().step();
    if (members.isEmpty()) {
      return List.of();
    }
    if (step == null) {
      return List.of(row(group, null, members));
    }
    Map<Long, List<Event>> buckets =
        members.stream()
            .collect(
                Collectors.groupingBy(
                    event -> step.floor(event.timestampMicros()),
                    TreeMap::new,
                    Collectors.toList()));
    return buckets.entrySet().stream()
        .map(bucket -> row(group, bucket.getKey(), bucket.getValue()))
        .toList();
  }

  private Table.Row row(List<@Nullable String> group, @Nullable Long bucket, List<Event> members) {
    List<@Nullable Double> values = new ArrayList<>();
    aggregation.measures().forEach(measure -> values.add(of(measure, members)));
    return new Table.Row(group, bucket, count(members), values);
  }

  /** A measure of some events. */
  static @Nullable Double of(Measure measure, List<Event> events) {
    OptionalDouble value =
        switch (measure) {
          case Measure.Count _ -> OptionalDouble.of((double) count(events));
          case Measure.Present(FieldRef field) ->
              OptionalDouble.of(
                  (double)
                      count(events.stream().filter(event -> event.text(field) != null).toList()));
          case Measure.Distinct(FieldRef field) ->
              OptionalDouble.of(Set.copyOf(texts(events, field)).size());
          case Measure.ErrorRate _ -> errorRate(events);
          case Measure.Sum(FieldRef field) -> sum(numbers(events, field));
          case Measure.Avg(FieldRef field) -> mean(numbers(events, field));
          case Measure.Min(FieldRef field) ->
              numbers(events, field).stream().mapToDouble(Weighted::number).min();
          case Measure.Max(FieldRef field) ->
              numbers(events, field).stream().mapToDouble(Weighted::number).max();
          case Measure.Percentile(FieldRef field, double percent) ->
              percentile(numbers(events, field), percent);
        };
    // A zero is a zero, whatever its sign, where groups are ranked.
    return value.isPresent() && Double.isFinite(value.getAsDouble())
        ? value.getAsDouble() + 0.0
        : null;
  }

  private static long count(List<Event> events) {
    return events.stream().mapToLong(Event::count).sum();
  }

  private static OptionalDouble errorRate(List<Event> events) {
    List<Event> errors =
        events.stream()
            .filter(event -> Measure.ErrorRate.STATUSES.contains("" + event.text(Field.STATUS)))
            .toList();
    return events.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) count(errors) / count(events));
  }

  private static OptionalDouble sum(List<Weighted> numbers) {
    return numbers.stream().mapToDouble(each -> each.number * each.count).reduce(Double::sum);
  }

  private static OptionalDouble mean(List<Weighted> numbers) {
    return sum(numbers).stream().map(sum -> sum / total(numbers)).findFirst();
  }

  private static OptionalDouble percentile(List<Weighted> numbers, double percent) {
    double rank = Measure.Percentile.rank((double) total(numbers), percent);
    List<Weighted> sorted =
        numbers.stream().sorted(Comparator.comparingDouble(Weighted::number)).toList();
    long until = 0;
    for (Weighted each : sorted) {
      until += each.count;
      if (until >= rank) {
        return OptionalDouble.of(each.number);
      }
    }
    return OptionalDouble.empty();
  }

  private static long total(List<Weighted> numbers) {
    return numbers.stream().mapToLong(Weighted::count).sum();
  }

  /** A number that so many events have. */
  private record Weighted(double number, long count) {}

  private static List<String> texts(List<Event> events, FieldRef field) {
    return events.stream().map(event -> event.text(field)).filter(Objects::nonNull).toList();
  }

  private static List<Weighted> numbers(List<Event> events, FieldRef field) {
    List<Weighted> numbers = new ArrayList<>();
    for (Event event : events) {
      Double number = number(event, field);
      if (number != null) {
        numbers.add(new Weighted(number, event.count()));
      }
    }
    return numbers;
  }

  private static @Nullable Double number(Event event, FieldRef field) {
    if (field instanceof FieldRef.Known(Field known) && known.kind() != Field.Kind.DECIMAL) {
      Long integer = event.integer(known);
      return integer == null ? null : integer.doubleValue();
    }
    if (field instanceof FieldRef.Known(Field known)) {
      return event.decimal(known);
    }
    String text = event.text(field);
    OptionalDouble parsed = text == null ? OptionalDouble.empty() : Numbers.parse(text);
    return parsed.isPresent() ? parsed.getAsDouble() : null;
  }
}
