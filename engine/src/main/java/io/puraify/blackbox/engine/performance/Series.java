package io.puraify.blackbox.engine.performance;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is told apart: the calls of an action on a platform by an engine in a project. What an event
 * does not have is {@code null}.
 *
 * @param number in its project; 0 for those that are not told apart
 */
record Series(
    @Nullable String project,
    int number,
    @Nullable String engine,
    @Nullable String platform,
    @Nullable String action) {

  /** The fields by which series differ, in the order of their names' weight. */
  static final List<Field> FIELDS =
      List.of(Field.PROJECT_ID, Field.ENGINE, Field.PLATFORM, Field.ACTION);

  /** All series of a project that are not told apart; {@code null} for those of many projects. */
  static Series other(@Nullable String project) {
    return new Series(project, 0, null, null, null);
  }

  /** Whether it stands for series that are not told apart. */
  boolean isOther() {
    return number == 0;
  }

  /** The value of one of {@link #FIELDS}. */
  @Nullable String value(Field field) {
    return switch (field) {
      case PROJECT_ID -> project;
      case ENGINE -> engine;
      case PLATFORM -> platform;
      case ACTION -> action;
      default -> throw new IllegalArgumentException("series do not differ by " + field.jsonName());
    };
  }

  /** An event with its values, for a filter to be tested. */
  Event event() {
    Event.Builder event = Event.at(0);
    for (Field field : FIELDS) {
      String value = value(field);
      if (value != null) {
        event.set(field, value);
      }
    }
    return event.build();
  }
}
