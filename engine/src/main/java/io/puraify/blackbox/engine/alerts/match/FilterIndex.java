package io.puraify.blackbox.engine.alerts.match;

import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Filter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Many filters over the same blocks. Those that no event of a block can match are ruled out by the
 * block's labels, together and without a look at its rows. Not safe for several threads.
 */
public final class FilterIndex {

  private final List<RowFilter> filters = new ArrayList<>();
  private final BitSet always = new BitSet();
  private final Map<Field, Map<String, BitSet>> anchored = new EnumMap<>(Field.class);

  public FilterIndex(List<Filter> all) {
    for (Filter filter : all) {
      int number = filters.size();
      filters.add(RowFilter.of(filter));
      Optional<Anchor> anchor = Anchor.of(filter);
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

  /** Whether a filter means a row. */
  public boolean test(int filter, BlockView view, int row) {
    return filters.get(filter).test(view, row);
  }
}
