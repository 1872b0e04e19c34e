package io.puraify.blackbox.engine.alerts.evaluate;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Severity;
import io.puraify.blackbox.engine.match.BlockView;
import org.jspecify.annotations.Nullable;

/**
 * The event at which a series is looked at. Most looks change nothing, so it is decoded only where
 * somebody reads it.
 */
record Trigger(BlockView view, int row) {

  Event event() {
    return view.event(row);
  }

  String eventId() {
    return String.valueOf(view.text(Field.EVENT_ID, row));
  }

  @Nullable Severity severity() {
    String text = view.text(Field.SEVERITY, row);
    return text == null ? null : Severity.parse(text);
  }
}
