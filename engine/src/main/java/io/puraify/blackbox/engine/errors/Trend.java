package io.puraify.blackbox.engine.errors;

import io.puraify.blackbox.core.Micros;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** How often something happened: by the minute, by the hour and by the day. */
final class Trend {

  static final long MINUTE = 60_000_000L;
  static final long HOUR = 60 * MINUTE;

  /** An hour by the minute, a week by the hour, a quarter of a year by the day. */
  static final int MINUTES = 60;

  static final int HOURS = 168;
  static final int DAYS = 90;

  private final Counts minutes = new Counts(MINUTE, MINUTES);
  private final Counts hours = new Counts(HOUR, HOURS);
  private final Counts days = new Counts(Micros.PER_DAY, DAYS);

  void add(long micros) {
    minutes.add(micros, 1);
    hours.add(micros, 1);
    days.add(micros, 1);
  }

  void addAll(Trend other) {
    minutes.addAll(other.minutes);
    hours.addAll(other.hours);
    days.addAll(other.days);
  }

  Counts minutes() {
    return minutes;
  }

  Counts hours() {
    return hours;
  }

  Counts days() {
    return days;
  }

  /** What it takes in memory, about. */
  int bytes() {
    return minutes.bytes() + hours.bytes() + days.bytes();
  }

  void write(DataOutput out) throws IOException {
    minutes.write(out);
    hours.write(out);
    days.write(out);
  }

  void read(DataInput in) throws IOException {
    minutes.read(in);
    hours.read(in);
    days.read(in);
  }
}
