package io.puraify.blackbox.engine.performance;

import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.TimeRange;
import io.puraify.blackbox.engine.query.FilterSyntaxException;
import io.puraify.blackbox.engine.query.Parameters;
import java.time.Duration;
import java.time.Instant;

/**
 * Which series and when.
 *
 * @param range with both of its ends
 */
record Scope(SeriesFilter filter, TimeRange range) {

  /** How much is looked at where nothing is said. */
  static final Duration DEFAULT = Duration.ofHours(1);

  /** Reads filters and range; what is wrong with them is said by {@code parameters}. */
  static Scope parse(Parameters parameters, Instant now) {
    SeriesFilter filter = new SeriesFilter(parameters.filter());
    filter.complaint().ifPresent(complaint -> parameters.error("filter", complaint));
    return new Scope(filter, closed(parameters.range(), now));
  }

  /** A range with both of its ends: until now, and for an hour, where nothing is said. */
  static TimeRange closed(TimeRange given, Instant now) {
    long to = given.toMicros() == TimeRange.ALL.toMicros() ? Micros.of(now) : given.toMicros();
    long from =
        given.fromMicros() == TimeRange.ALL.fromMicros()
            ? to - DEFAULT.toNanos() / 1_000
            : given.fromMicros();
    // Before the beginning or behind the end of what events have there is nothing to look for.
    long end = Math.min(Math.max(to, 0), Micros.of(now) + 2 * Micros.PER_DAY);
    return new TimeRange(Math.min(Math.max(from, 0), end), end);
  }

  /** One of the fields by which series differ. */
  static Field field(String name) {
    return Series.FIELDS.stream()
        .filter(field -> field.jsonName().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new FilterSyntaxException("'%s' is none of %s".formatted(name, SeriesFilter.names())));
  }
}
