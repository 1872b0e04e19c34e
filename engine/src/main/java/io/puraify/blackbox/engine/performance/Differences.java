package io.puraify.blackbox.engine.performance;

import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.TimeRange;
import java.util.List;

/**
 * What is different about some events.
 *
 * @param range of all events that were compared
 * @param selected how many were selected
 * @param rest how many were not
 * @param fields that were looked at
 * @param differences the highest scores first
 */
public record Differences(
    TimeRange range,
    long selected,
    long rest,
    List<FieldRef> fields,
    List<Difference> differences) {

  public Differences {
    fields = List.copyOf(fields);
    differences = List.copyOf(differences);
  }
}
