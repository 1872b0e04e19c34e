package io.puraify.blackbox.engine.errors;

/** A fingerprint of a group, with what was counted under it. Not safe for several threads. */
final class Member {

  private final Key key;
  private final Stats stats;
  private long group;
  private boolean changed;

  /** A fingerprint within its project. */
  record Key(String project, String hash) {}

  Member(Key key, long group, Stats stats) {
    this.key = key;
    this.group = group;
    this.stats = stats;
  }

  Key key() {
    return key;
  }

  long group() {
    return group;
  }

  Stats stats() {
    return stats;
  }

  void move(long into) {
    group = into;
  }

  void add(ErrorBlock row) {
    stats.add(row);
    changed = true;
  }

  boolean changed() {
    return changed;
  }

  void saved() {
    changed = false;
  }
}
