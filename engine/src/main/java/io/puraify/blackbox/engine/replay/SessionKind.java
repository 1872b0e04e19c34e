package io.puraify.blackbox.engine.replay;

import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.TimeRange;
import io.puraify.blackbox.engine.query.FilterSyntaxException;

/** What the events of a session have in common, besides their project. */
public enum SessionKind {
  SESSION(Field.SESSION_ID, Micros.PER_DAY),
  RUN(Field.RUN_ID, Micros.PER_DAY),
  /** A flow never ends, so what counts of it is what lies in the range that is asked for. */
  FLOW(Field.FLOW_ID, 0);

  /** The parameter that says it. */
  static final String BY = "by";

  private final Field field;
  private final long reachMicros;

  SessionKind(Field field, long reachMicros) {
    this.field = field;
    this.reachMicros = reachMicros;
  }

  /** The field that has the session's id. */
  public Field field() {
    return field;
  }

  FieldRef ref() {
    return new FieldRef.Known(field);
  }

  /** A range with what sessions that cross its ends have outside of it. */
  TimeRange widened(TimeRange range) {
    long from = Math.max(0, range.fromMicros() - reachMicros);
    boolean open = range.toMicros() > Long.MAX_VALUE - reachMicros;
    return new TimeRange(from, open ? Long.MAX_VALUE : range.toMicros() + reachMicros);
  }

  /** The kind whose field has this name in requests. */
  static SessionKind named(String name) {
    for (SessionKind kind : values()) {
      if (kind.field.jsonName().equals(name)) {
        return kind;
      }
    }
    throw new FilterSyntaxException(
        "sessions are told apart by session_id, run_id or flow_id, not by '%s'".formatted(name));
  }
}
