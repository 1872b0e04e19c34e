package io.puraify.blackbox.engine.performance;

import io.puraify.blackbox.core.Micros;
import org.jspecify.annotations.Nullable;

/**
 * A series was out of the ordinary for a while. {@code null} in the place of a project is all of
 * them together, in the place of another value that the calls do not have it.
 *
 * @param fromMicros where it began
 * @param toMicros where it ended, or {@code null} while it goes on
 * @param expected what is usual, in the unit of its kind
 * @param observed what it was, as far as is known
 * @param calls how many calls the series had meanwhile
 */
public record Spike(
    SpikeKind kind,
    @Nullable String project,
    @Nullable String engine,
    @Nullable String platform,
    @Nullable String action,
    long fromMicros,
    @Nullable Long toMicros,
    double expected,
    double observed,
    long calls) {

  static Spike of(
      SpikeKind kind,
      Series series,
      long from,
      @Nullable Long to,
      double expected,
      double observed,
      long calls) {
    return new Spike(
        kind,
        series.project(),
        series.engine(),
        series.platform(),
        series.action(),
        from * Span.MICROS_PER_MINUTE,
        to == null ? null : (Long) (to * Span.MICROS_PER_MINUTE),
        expected,
        observed,
        calls);
  }

  /** How many times the usual it was; {@code null} where nothing was usual. */
  public @Nullable Double size() {
    return expected == 0 ? null : (Double) (observed / expected);
  }

  /** A name that it alone has. */
  public String id() {
    return String.join(
        "/",
        kind.label(),
        Micros.format(fromMicros),
        text(project),
        text(engine),
        text(platform),
        text(action));
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
