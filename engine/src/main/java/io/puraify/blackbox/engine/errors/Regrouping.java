package io.puraify.blackbox.engine.errors;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.EventBlock;
import io.puraify.blackbox.core.Field;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts grouping rules to work: all that is stored is put into groups anew, as if the rules had
 * always been in force, and what there was is kept, so that it can be had again. Within one
 * transaction, which may go on for minutes where there are millions of errors. Not safe for several
 * threads.
 */
final class Regrouping {

  private static final Logger log = LoggerFactory.getLogger(Regrouping.class);

  private final Aggregator aggregator;
  private final ChangeApplier changes;
  private final StoredErrors stored;

  Regrouping(Aggregator aggregator, ChangeApplier changes, StoredErrors stored) {
    this.aggregator = aggregator;
    this.changes = changes;
    this.stored = stored;
  }

  /** Whether everything before a position can be read, which {@link #make} takes for granted. */
  boolean isReady(long position) {
    return stored.has(position);
  }

  /**
   * Makes a change where it stands in the journal's order. One that does not fit, as taking back
   * rules that are not the newest, has no effect.
   */
  void make(ErrorTables tables, RulesChange change, Event event) {
    RulesVersion newest = tables.rules();
    switch (change) {
      case RulesChange.Apply(String document, GroupingRules rules) -> {
        aggregator.save(tables);
        tables.keepGroups();
        tables.clearGroups();
        Successors successors = Successors.of(tables, newest.read());
        regroup(tables, rules, 0, event.position(), successors);
        tables.add(version(newest, event, document, null));
      }
      case RulesChange.Undo(long version) -> {
        if (version != newest.version() || version == 0 || newest.undone() != null) {
          return;
        }
        RulesVersion before = before(tables);
        aggregator.save(tables);
        tables.clearGroups();
        tables.giveBackGroups();
        regroup(tables, before.read(), newest.id(), event.position(), Successors.none());
        tables.add(version(newest, event, before.document(), version));
      }
    }
  }

  private static RulesVersion before(ErrorTables tables) {
    List<RulesVersion> two = tables.rules(2);
    return two.size() < 2 ? RulesVersion.NONE : two.getLast();
  }

  private static RulesVersion version(
      RulesVersion newest, Event event, String document, @Nullable Long undone) {
    return new RulesVersion(
        newest.version() + 1,
        event.position(),
        event.receivedAtMicros(),
        Objects.requireNonNullElse(event.text(Field.USER_ID), ""),
        Objects.requireNonNullElse(event.text(Field.MESSAGE), ""),
        document,
        undone);
  }

  /** Goes on from what the tables have, with what is stored of these positions. */
  private void regroup(
      ErrorTables tables, GroupingRules rules, long from, long to, Successors successors) {
    log.info("errors of positions {} to {} are put into groups by other rules", from, to);
    aggregator.use(rules);
    aggregator.load(tables.handle());
    aggregator.tellNobody(() ->
        stored.forEach(
            from,
            to,
            block -> {
              ErrorBlock rows = new ErrorBlock(block);
              rows.alsoRead(aggregator.fields());
              rows.alsoRead(successors.fields());
              rows.read(block);
              add(tables, rows, block, successors);
            }));
    aggregator.save(tables);
    successors.handOver(tables, aggregator);
    aggregator.save(tables);
    tables.removeTurnsWithoutGroup();
    log.info("errors are put into {} groups", aggregator.groups());
  }

  private void add(ErrorTables tables, ErrorBlock rows, EventBlock block, Successors successors) {
    for (int row = 0; row < block.rows(); row++) {
      rows.at(row);
      if (rows.isError()) {
        for (int count = block.storedCount(row); count > 0; count--) {
          Group group = aggregator.add(tables, rows);
          if (group != null) {
            successors.add(rows, group.number());
          }
        }
      } else if (rows.isChange()) {
        // Those of the rules themselves are made up for by the rules that are in force now.
        var _ = changes.apply(tables, block.event(row));
      }
    }
  }
}
