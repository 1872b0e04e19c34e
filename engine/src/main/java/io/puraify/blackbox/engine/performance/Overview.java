package io.puraify.blackbox.engine.performance;

import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.TimeRange;
import java.util.List;

/**
 * How groups of series have done in a range, against as much time before it.
 *
 * @param range what was looked at: minutes, or hours where there are no minutes any more
 * @param before as much time before it, or less where rollups do not reach so far back
 * @param fields whose values make a group
 * @param total of all that is meant, without a group
 * @param groups how many there are
 * @param rows the first of them in the order that was asked for
 * @param notToldApart calls in the range that are of no group, since there were too many series
 */
public record Overview(
    TimeRange range,
    TimeRange before,
    List<Field> fields,
    FigureRow total,
    long groups,
    List<FigureRow> rows,
    long notToldApart) {

  public Overview {
    fields = List.copyOf(fields);
    rows = List.copyOf(rows);
  }
}
