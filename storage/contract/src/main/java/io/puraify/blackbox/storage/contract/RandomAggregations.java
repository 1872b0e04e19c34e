package io.puraify.blackbox.storage.contract;

import io.puraify.blackbox.core.Aggregation;
import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Grouping;
import io.puraify.blackbox.core.Measure;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Step;
import io.puraify.blackbox.core.TimeRange;
import io.puraify.blackbox.core.Top;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes up aggregations of every kind over given events. The same random numbers give the same
 * ones. For one thread.
 */
public final class RandomAggregations {

  private static final List<Long> STEPS =
      List.of(1L, 1_000_000L, 60_000_000L, 3_600_000_000L, Micros.PER_DAY, 7 * Micros.PER_DAY);

  private static final List<Double> PERCENTS = List.of(0.0, 1.0, 50.0, 90.0, 95.0, 99.9, 100.0);

  private final RandomGenerator random;
  private final RandomFilters filters;

  /**
   * @param events at least one
   */
  public RandomAggregations(RandomGenerator random, List<Event> events) {
    this.random = random;
    this.filters = new RandomFilters(random, events);
  }

  /** The next aggregation. */
  public Aggregation next() {
    List<Measure> measures = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      measures.add(measure());
    }
    // Ranks that are approximate may differ, and so may the series that are told apart.
    Measure by = measure();
    while (by instanceof Measure.Percentile || by instanceof Measure.Distinct) {
      by = measure();
    }
    int limit = random.nextInt(3) == 0 ? 1 + random.nextInt(5) : Top.MAX_LIMIT;
    Filter filter = random.nextBoolean() ? Filter.ALL : filters.next();
    return new Aggregation(filter, range(), grouping(), measures, new Top(by, limit));
  }

  private TimeRange range() {
    if (random.nextBoolean()) {
      return TimeRange.ALL;
    }
    long start = Micros.of(RandomEvents.START);
    long from = start + random.nextLong(4 * 3_600_000_000L);
    return new TimeRange(from, from + random.nextLong(4 * 3_600_000_000L));
  }

  private Grouping grouping() {
    List<FieldRef> fields = new ArrayList<>();
    int most = random.nextBoolean() ? 1 : Grouping.MAX_FIELDS;
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      fields.add(field());
    }
    @Nullable Step step =
        random.nextInt(3) == 0 ? new Step(STEPS.get(random.nextInt(STEPS.size()))) : null;
    return new Grouping(fields, step);
  }

  private FieldRef field() {
    Field[] fields = Field.values();
    return random.nextInt(4) == 0
        ? attribute()
        : new FieldRef.Known(fields[random.nextInt(fields.length)]);
  }

  private FieldRef attribute() {
    List<String> paths = RandomEvents.PATHS;
    return new FieldRef.Attribute(paths.get(random.nextInt(paths.size())));
  }

  private FieldRef number() {
    return switch (random.nextInt(6)) {
      case 0 -> attribute();
      case 1 -> new FieldRef.Attribute("n");
      case 2 -> new FieldRef.Known(Field.RETRIES);
      case 3 -> new FieldRef.Known(Field.TIMESTAMP);
      default -> new FieldRef.Known(Field.DURATION_MS);
    };
  }

  private Measure measure() {
    return switch (random.nextInt(10)) {
      case 0 -> new Measure.Count();
      case 1 -> new Measure.ErrorRate();
      case 2 -> new Measure.Present(field());
      case 3 -> new Measure.Distinct(field());
      case 4 -> new Measure.Sum(number());
      case 5 -> new Measure.Avg(number());
      case 6 -> new Measure.Min(number());
      case 7 -> new Measure.Max(number());
      default -> new Measure.Percentile(number(), PERCENTS.get(random.nextInt(PERCENTS.size())));
    };
  }
}
