package io.puraify.blackbox.engine.replay;

import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Measure;
import java.util.List;
import java.util.Set;

/**
 * Which events of a session count as errors: those of status {@code error} or {@code timeout},
 * those with an error type, and those of severity {@code high} or {@code critical} that have no
 * status at all. Alerts about errors are none. What a stack trace says is not looked at: it is the
 * largest column, and an event has one hardly ever without any of these.
 */
final class Failures {

  static final Filter FILTER =
      new Filter.And(
          List.of(
              new Filter.Not(in(Field.EVENT_TYPE, "alert", "issue_change")),
              new Filter.Or(
                  List.of(
                      new Filter.In(known(Field.STATUS), Set.copyOf(Measure.ErrorRate.STATUSES)),
                      new Filter.Exists(known(Field.ERROR_TYPE)),
                      new Filter.And(
                          List.of(
                              new Filter.Not(new Filter.Exists(known(Field.STATUS))),
                              in(Field.SEVERITY, "high", "critical")))))));

  private Failures() {}

  static FieldRef known(Field field) {
    return new FieldRef.Known(field);
  }

  static Filter in(Field field, String... values) {
    return new Filter.In(known(field), Set.of(values));
  }
}
