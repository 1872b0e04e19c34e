package io.puraify.blackbox.engine.match;

import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Filter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Many filters over the same blocks. Those that no event of a block can match are ruled out by the
 * block's labels, together and without a look at its rows. Not safe for several threads.
 */
public final class FilterIndex {

  private final List<RowFilter> filters = new ArrayList<>();
  private final List<Optional<Anchor>> anchors = new ArrayList<>();
  private final BitSet always = new BitSet();
  private final Map<Field, Map<String, BitSet>> anchored = new EnumMap<>(Field.class);

  public FilterIndex(List<Filter> all) {
    for (Filter filter : all) {
      int number = filters.size();
      filters.add(RowFilter.of(filter));
      Optional<Anchor> anchor = Anchor.of(filter);
      anchors.add(anchor);
      if (anchor.isEmpty()) {
        always.set(number);
      } else {
        Map<String, BitSet> byValue =
            anchored.computeIfAbsent(anchor.get().field(), field -> new HashMap<>());
        for (String value : anchor.get().values()) {
          byValue.computeIfAbsent(value, text -> new BitSet()).set(number);
        }
      }
    }
  }

  /** The numbers of the filters that may mean a row of the block. */
  public BitSet candidates(BlockView view) {
    BitSet candidates = (BitSet) always.clone();
    anchored.forEach((field, byValue) -> {
      int labels = view.block().labelCount(field);
      for (int number = 1; number <= labels; number++) {
        BitSet these = byValue.get(view.label(field, number));
        if (these != null) {
          candidates.or(these);
        }
      }
    });
    return candidates;
  }

  /**
   * Hands over the rows that a filter means, in their order. Where the filter asks for one label,
   * only the rows that have it are looked at.
   *
   * @param from the first row to look at
   */
  public void forEachRow(int filter, BlockView view, int from, IntConsumer sink) {
    RowFilter test = filters.get(filter);
    Optional<Anchor> anchor = anchors.get(filter);
    if (anchor.isPresent() && anchor.get().values().size() == 1) {
      Field field = anchor.get().field();
      int label = view.labelNumber(field, anchor.get().values().iterator().next());
      BlockView.Rows rows = view.rowsByLabel(field);
      for (int i = rows.begin(label); label > 0 && i < rows.end(label); i++) {
        int row = rows.row(i);
        if (row >= from && test.test(view, row)) {
          sink.accept(row);
        }
      }
      return;
    }
    for (int row = from; row < view.rows(); row++) {
      if (test.test(view, row)) {
        sink.accept(row);
      }
    }
  }
}
