package io.puraify.blackbox.engine.errors;

import org.jspecify.annotations.Nullable;

/**
 * A fingerprint of a group, with what was counted under it. The only fingerprint of a group, as
 * nearly all are, has no statistics of its own: they are the group's. Not safe for several threads.
 */
final class Member {

  private final Key key;
  private @Nullable Stats stats;
  private long group;
  private boolean changed;

  /**
   * A fingerprint within its project.
   *
   * @param home the number of the group that it began, or would have
   */
  record Key(String project, String hash, long home) {

    static Key of(String project, Fingerprint fingerprint) {
      return new Key(project, fingerprint.hash(), GroupId.of(project, fingerprint));
    }
  }

  /** {@code stats}: {@code null} where they are the group's. */
  Member(Key key, long group, @Nullable Stats stats) {
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

  /** Whether there is no more to it than that it has begun its group. */
  boolean isPlain() {
    return group == key.home && stats == null;
  }

  /** What was counted under it, or {@code null} where that is what the group has counted. */
  @Nullable Stats stats() {
    return stats;
  }

  /** From now on it has statistics of its own, which begin as the group's. */
  void separate(Stats ofGroup) {
    if (stats == null) {
      stats = ofGroup.copy();
      changed = true;
    }
  }

  void move(long into) {
    group = into;
  }

  void add(ErrorBlock row) {
    if (stats != null) {
      stats.add(row);
      changed = true;
    }
  }

  /** What it takes in memory, about, in bytes. */
  int bytes() {
    return 300 + (stats == null ? 0 : stats.bytes());
  }

  boolean changed() {
    return changed;
  }

  void saved() {
    changed = false;
  }
}
