package io.puraify.blackbox.engine.replay;

import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.engine.templates.Templates;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What errors have in common that are the same: where they happened, their type, and their message
 * but for its values. Stack traces are not compared.
 *
 * @param template the message with placeholders for values, or {@code null}
 */
record ErrorShape(ActionKey action, @Nullable String errorType, @Nullable String template) {

  static ErrorShape of(ReplayEvent event, Templates templates) {
    String message = event.message();
    String template = message == null ? null : templates.explain(message).template();
    return new ErrorShape(event.actionKey(), event.errorType(), template);
  }

  /** Which events can have this shape, as far as a store can say. */
  Filter candidates(String projectId) {
    List<Filter> filters = new ArrayList<>();
    filters.add(Failures.in(Field.PROJECT_ID, projectId));
    filters.add(same(Field.ENGINE, action.engine()));
    filters.add(same(Field.PLATFORM, action.platform()));
    filters.add(same(Field.ERROR_TYPE, errorType));
    filters.add(Failures.FILTER);
    return new Filter.And(filters);
  }

  private static Filter same(Field field, @Nullable String value) {
    return value == null
        ? new Filter.Not(new Filter.Exists(Failures.known(field)))
        : Failures.in(field, value);
  }
}
