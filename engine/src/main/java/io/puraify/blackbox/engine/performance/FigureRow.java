package io.puraify.blackbox.engine.performance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one group.
 *
 * @param group a value for each field of the grouping, {@code null} where events do not have it
 * @param before those of the period before
 */
public record FigureRow(List<@Nullable String> group, Figures now, Figures before) {

  // Written out: of a compact constructor the compiler drops what is nullable in the list.
  public FigureRow(List<@Nullable String> group, Figures now, Figures before) {
    this.group = Collections.unmodifiableList(new ArrayList<>(group));
    this.now = now;
    this.before = before;
  }

  double calls() {
    Double calls = now.get(Figure.CALLS);
    return calls == null ? 0 : calls;
  }

  /** By how much a figure has grown: 0.5 is half as much again; {@code null} from none or zero. */
  public @Nullable Double change(Figure figure) {
    Double from = before.get(figure);
    Double to = now.get(figure);
    return from == null || to == null || from == 0 ? null : (Double) (to / from - 1);
  }
}
