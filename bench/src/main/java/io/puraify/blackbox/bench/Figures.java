package io.puraify.blackbox.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** Numbers as the tables show them. */
final class Figures {

  private Figures() {}

  /** With as many digits behind the point as tell something, at least three digits in all. */
  static String text(double value) {
    double size = Math.abs(value);
    String format = size >= 99.95 ? "%,.0f" : size >= 9.995 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }

  /** A number that somebody has chosen, without needless digits. */
  static String plain(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%,.0f", value)
        : Double.toString(value);
  }

  /** The middle value, or the mean of the two in the middle. */
  static double median(List<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("there is no median of nothing");
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /** The highest value. */
  static double highest(List<Double> values) {
    return values.stream().flatMapToDouble(DoubleStream::of).max().orElseThrow();
  }
}
