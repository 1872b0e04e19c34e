package io.puraify.blackbox.server.cli.query;

import tools.jackson.databind.JsonNode;

/** Counts over time as a line of little bars. */
final class Sparkline {

  /** Unicode's block elements of one eighth to eight eighths. */
  private static final String BARS = "▁▂▃▄▅▆▇█";

  private static final int MOST_BARS = 20;

  private Sparkline() {}

  /**
   * A bar for each count, or for several neighbours where there are many. The highest is full; a
   * blank is none at all.
   */
  static String of(JsonNode counts) {
    int size = counts.size();
    int together = Math.max(1, Math.ceilDiv(size, MOST_BARS));
    double[] sums = new double[Math.ceilDiv(size, together)];
    double highest = 0;
    for (int i = 0; i < size; i++) {
      sums[i / together] += counts.get(i).asDouble(0);
      highest = Math.max(highest, sums[i / together]);
    }
    StringBuilder line = new StringBuilder();
    for (double sum : sums) {
      line.append(sum == 0 ? ' ' : bar(sum / highest));
    }
    return line.toString();
  }

  private static char bar(double share) {
    return BARS.charAt((int) Math.ceil(share * BARS.length()) - 1);
  }
}
