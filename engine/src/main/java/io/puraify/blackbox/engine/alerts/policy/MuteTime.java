package io.puraify.blackbox.engine.alerts.policy;

import io.puraify.blackbox.core.Micros;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;

/**
 * A time of the week at which nobody is told.
 *
 * @param days on which it begins
 * @param from the first moment
 * @param to the first moment that is not muted; the same as or before {@code from} is the next day
 */
public record MuteTime(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {

  public MuteTime {
    days = Set.copyOf(days);
  }

  /** Whether a moment is muted. */
  public boolean covers(long micros) {
    ZonedDateTime local = Micros.toInstant(micros).atZone(zone);
    LocalTime time = local.toLocalTime();
    if (from.isBefore(to)) {
      return days.contains(local.getDayOfWeek()) && !time.isBefore(from) && time.isBefore(to);
    }
    return days.contains(local.getDayOfWeek()) && !time.isBefore(from)
        || days.contains(local.getDayOfWeek().minus(1)) && time.isBefore(to);
  }
}
