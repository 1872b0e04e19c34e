package io.puraify.blackbox.engine.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.EventBlock;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.storage.contract.EventRows;
import io.puraify.blackbox.storage.contract.RandomEvents;
import io.puraify.blackbox.storage.contract.RandomFilters;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FilterIndexTest {

  @Test
  void meansWhatTheFiltersMeanOfEachEvent() {
    Random random = new Random(20_261_125);
    List<Event> events = new RandomEvents(random).next(0, 600);
    RandomFilters filters = new RandomFilters(random, events);
    List<Filter> all = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      all.add(filters.next());
    }
    FilterIndex index = new FilterIndex(all);
    long matches = 0;
    List<EventBlock> blocks = EventRows.batch(events, 37).blocks();
    BlockView view = new BlockView(blocks.getFirst());
    for (EventBlock block : blocks) {
      view.read(block);
      BitSet candidates = index.candidates(view);
      for (int filter = 0; filter < all.size(); filter++) {
        BitSet found = new BitSet();
        if (candidates.get(filter)) {
          index.forEachRow(filter, view, 0, found::set);
        }
        for (int row = 0; row < block.rows(); row++) {
          Event event = block.event(row);
          assertThat(found.get(row))
              .as("%s of %s", all.get(filter), event)
              .isEqualTo(all.get(filter).test(event));
        }
        matches += found.cardinality();
      }
    }
    assertThat(matches).isPositive();
  }

  @Test
  void rowsBeforeTheFirstOneAreLeftOut() {
    List<Event> events = new RandomEvents(new Random(1)).next(0, 50);
    Filter filter = Filter.ALL;
    EventBlock block = EventRows.batch(events.subList(0, 1)).blocks().getFirst();
    FilterIndex index = new FilterIndex(List.of(filter));
    BitSet found = new BitSet();
    index.forEachRow(0, new BlockView(block), 1, found::set);
    assertThat(found.isEmpty()).isTrue();
  }
}
