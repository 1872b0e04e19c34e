package io.puraify.blackbox.bench;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds out when a log line was written, from the columns that its header became. */
final class LogTimes {

  /** Logs that do not say their year are taken to be of this one. */
  private static final int YEAR = 2015;

  /** Where lines without any time begin. */
  static final Instant MADE_UP_START = Instant.parse(YEAR + "-01-01T00:00:00Z");

  /** Columns that together say the time, and how they say it. */
  private record Form(List<String> columns, DateTimeFormatter format) {}

  private static final List<Form> FORMS =
      List.of(
          form("EEE MMM d HH:mm:ss yyyy", "Time"),
          form("yyyy-MM-dd-HH.mm.ss.SSSSSS", "Time"),
          form("MM.dd HH:mm:ss", "Time"),
          form("yyMMdd HHmmss", "Date", "Time"),
          form("yyyy-MM-dd HH:mm:ss,SSS", "Date", "Time"),
          form("yy/MM/dd HH:mm:ss", "Date", "Time"),
          form("MMM d HH:mm:ss", "Month", "Date", "Time"),
          form("MMM d HH:mm:ss", "Date", "Day", "Time"));

  private LogTimes() {}

  private static Form form(String pattern, String... columns) {
    DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().appendPattern(pattern);
    if (!pattern.contains("yy")) {
      builder.parseDefaulting(ChronoField.YEAR_OF_ERA, YEAR);
    }
    return new Form(List.of(columns), builder.toFormatter(Locale.ENGLISH));
  }

  /** The time of a line, taken as UTC, or {@code null} where it says none. */
  static @Nullable Instant parse(Map<String, String> columns) {
    for (Form form : FORMS) {
      String text =
          form.columns().stream()
              .map(column -> columns.getOrDefault(column, ""))
              .collect(Collectors.joining(" "));
      Instant time = parse(text, form.format());
      if (time != null) {
        return time;
      }
    }
    return null;
  }

  private static @Nullable Instant parse(String text, DateTimeFormatter format) {
    try {
      return LocalDateTime.parse(text, format).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
