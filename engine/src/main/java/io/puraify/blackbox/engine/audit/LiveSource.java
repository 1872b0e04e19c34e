package io.puraify.blackbox.engine.audit;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.engine.state.StateDatabase;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** What a server has now. */
final class LiveSource implements AuditSource {

  private final StateDatabase state;
  private final EventStore store;
  private final LongSupplier journalEnd;

  LiveSource(StateDatabase state, EventStore store, LongSupplier journalEnd) {
    this.state = state;
    this.store = store;
    this.journalEnd = journalEnd;
  }

  private <T> T read(Function<AuditTables, T> query) {
    return state.read(handle -> query.apply(new AuditTables(handle)));
  }

  @Override
  public List<Checkpoint> checkpoints(long from, int count) {
    return read(tables -> tables.checkpoints(from, count));
  }

  @Override
  public List<Leaf> leaves(long from, int count) {
    return read(tables -> tables.leaves(from, count));
  }

  @Override
  public List<Gap> gaps(long from, int count) {
    return read(tables -> tables.gaps(from, count));
  }

  @Override
  public List<GapPart> gapParts(long gap, long fromLeaf, int count) {
    return read(tables -> tables.gapParts(gap, fromLeaf, count));
  }

  @Override
  public List<GapPart> gapParts(long leaf, long gaps) {
    return read(tables -> tables.gapParts(leaf, gaps));
  }

  @Override
  public void events(long from, long to, Consumer<Event> sink) {
    store.scan(from, to, sink);
  }

  @Override
  public Extent extent() {
    return new Extent(0, store.position().value(), journalEnd.getAsLong());
  }
}
