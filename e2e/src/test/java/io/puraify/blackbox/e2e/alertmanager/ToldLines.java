package io.puraify.blackbox.e2e.alertmanager;

import java.util.Comparator;

/** What was told, as the cases write it: {@code 6: firing a{p=1}; resolved a{p=2}}. */
final class ToldLines {

  /** By their time, those of one time by their text. */
  static final Comparator<String> IN_TIME =
      Comparator.comparingInt(ToldLines::time).thenComparing(Comparator.naturalOrder());

  private ToldLines() {}

  /** When it was told. */
  static int time(String line) {
    return Integer.parseInt(line.substring(0, line.indexOf(':')));
  }
}
