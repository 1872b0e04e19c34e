package io.puraify.blackbox.server.cli.ingest;

import java.time.Duration;
import java.util.Locale;

/**
 * How far an ingestion is.
 *
 * @param read bytes of the inputs, as they are stored
 * @param total of them, or 0 where that is not known
 * @param accepted events
 * @param elapsed since the beginning
 */
record IngestProgress(long read, long total, long accepted, Duration elapsed) {

  private static final int BAR_COLUMNS = 24;
  private static final long MEGABYTE = 1_000_000;

  /** {@code [=====> ] 43 % 912 of 2,120 MB 212,345 events/s 0:06 left}, cut to fit. */
  String line(int columns) {
    StringBuilder line = new StringBuilder();
    if (total > 0) {
      line.append(bar()).append(percent());
    }
    line.append(megabytes());
    line.append(String.format(Locale.ROOT, "  %,.0f events/s", perSecond(accepted, elapsed)));
    if (total > 0 && read > 0) {
      line.append("  ").append(left()).append(" left");
    }
    return line.length() > columns ? line.substring(0, columns) : line.toString();
  }

  private String bar() {
    int done = (int) (BAR_COLUMNS * share());
    String tip = done < BAR_COLUMNS ? ">" : "";
    return "[" + "=".repeat(done) + tip + " ".repeat(BAR_COLUMNS - done - tip.length()) + "]";
  }

  private String percent() {
    return String.format(Locale.ROOT, " %3d %%  ", (int) (100 * share()));
  }

  private double share() {
    return Math.min(1.0, (double) read / total);
  }

  private String megabytes() {
    return total > 0
        ? String.format(Locale.ROOT, "%,d of %,d MB", read / MEGABYTE, total / MEGABYTE)
        : String.format(Locale.ROOT, "%,d MB", read / MEGABYTE);
  }

  /** At the pace so far. */
  private String left() {
    long seconds = Math.round(elapsed.toMillis() / 1e3 * (1 / share() - 1));
    return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
  }

  static double perSecond(long events, Duration elapsed) {
    return events / Math.max(1e-3, elapsed.toMillis() / 1e3);
  }
}
