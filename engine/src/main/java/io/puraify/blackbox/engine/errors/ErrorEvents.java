package io.puraify.blackbox.engine.errors;

import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import java.util.List;
import java.util.Set;

/**
 * Which events are errors: those of status {@code error} or {@code timeout}, those with an error
 * type or a stack trace, and those of severity {@code high} or {@code critical} that have no status
 * at all, as loggers send them. Alerts and changes of issues are none.
 */
public final class ErrorEvents {

  static final Set<String> STATUSES = Set.of("error", "timeout");
  static final Set<String> SEVERITIES = Set.of("high", "critical");

  /** The event type of a change to a group. */
  public static final String ISSUE_CHANGE = "issue_change";

  static final Set<String> NO_ERRORS = Set.of("alert", ISSUE_CHANGE);

  /** The same as a filter, for event stores. */
  public static final Filter FILTER =
      new Filter.And(
          List.of(
              new Filter.Not(new Filter.In(known(Field.EVENT_TYPE), NO_ERRORS)),
              new Filter.Or(
                  List.of(
                      new Filter.In(known(Field.STATUS), STATUSES),
                      new Filter.Exists(known(Field.ERROR_TYPE)),
                      new Filter.Exists(known(Field.STACK_TRACE)),
                      new Filter.And(
                          List.of(
                              new Filter.Not(new Filter.Exists(known(Field.STATUS))),
                              new Filter.In(known(Field.SEVERITY), SEVERITIES)))))));

  private ErrorEvents() {}

  static FieldRef known(Field field) {
    return new FieldRef.Known(field);
  }
}
