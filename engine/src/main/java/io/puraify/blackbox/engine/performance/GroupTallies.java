package io.puraify.blackbox.engine.performance;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds up a range by groups and as a whole. Not for several threads. */
final class GroupTallies implements RollupScan.Sink {

  private final Minutes range;
  private final Tally withoutGroup = new Tally();
  private final List<@Nullable Tally> groups = new ArrayList<>();
  private long notToldApart;

  GroupTallies(Minutes range) {
    this.range = range;
  }

  @Override
  public void add(int group, boolean meant, long start, Rollup rollup) {
    if (group == RollupScan.NO_GROUP) {
      notToldApart += rollup.calls();
      if (meant) {
        withoutGroup.add(rollup);
      }
      return;
    }
    while (groups.size() <= group) {
      groups.add(null);
    }
    Tally tally = groups.get(group);
    if (tally == null) {
      tally = new Tally();
      groups.set(group, tally);
    }
    tally.add(rollup);
  }

  Figures total() {
    Tally total = new Tally();
    total.add(withoutGroup);
    groups.forEach(group -> {
      if (group != null) {
        total.add(group);
      }
    });
    return Figures.of(total, seconds());
  }

  /** Whether a group has calls. */
  boolean has(int group) {
    return group < groups.size() && groups.get(group) != null;
  }

  Figures figures(int group) {
    Tally tally = group < groups.size() ? groups.get(group) : null;
    return Figures.of(tally == null ? new Tally() : tally, seconds());
  }

  /** How many calls are of series that are not told apart. */
  long notToldApart() {
    return notToldApart;
  }

  private double seconds() {
    return 60.0 * (double) range.length();
  }
}
