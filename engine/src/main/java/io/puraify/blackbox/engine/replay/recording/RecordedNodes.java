package io.puraify.blackbox.engine.replay.recording;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes of a recorded page hold what people type, as far as its events tell so far. After a
 * full snapshot it is known; where something may have been missed, it is not until the next one.
 * For one thread.
 */
final class RecordedNodes {

  /** Far more than forms have; a page with more is as good as unknown. */
  static final int MOST = 10_000;

  private final Set<Long> typed = new HashSet<>();
  private final Set<Long> passwords = new HashSet<>();
  private boolean known;

  /** As before the first snapshot. */
  static RecordedNodes unknown() {
    return new RecordedNodes();
  }

  /** What {@link #typedText} and {@link #passwordsText} have written. */
  static RecordedNodes of(@Nullable String typed, @Nullable String passwords) {
    RecordedNodes nodes = new RecordedNodes();
    if (typed != null && passwords != null) {
      nodes.known = true;
      read(typed, nodes.typed);
      read(passwords, nodes.passwords);
    }
    return nodes;
  }

  private static void read(String text, Set<Long> into) {
    Arrays.stream(text.split(",", -1))
        .filter(id -> !id.isEmpty())
        .map(Long::valueOf)
        .forEach(into::add);
  }

  /** A full snapshot begins: all that is there comes with it. */
  void snapshot() {
    typed.clear();
    passwords.clear();
    known = true;
  }

  /** Something may have been missed. */
  void lose() {
    typed.clear();
    passwords.clear();
    known = false;
  }

  void addTyped(long id) {
    add(typed, id);
  }

  void addPassword(long id) {
    add(passwords, id);
  }

  private void add(Set<Long> ids, long id) {
    if (known) {
      ids.add(id);
      if (ids.size() > MOST) {
        lose();
      }
    }
  }

  void remove(long id) {
    typed.remove(id);
    passwords.remove(id);
  }

  /** Whether what is below the node may be what somebody types. */
  boolean mayBeTyped(long id) {
    return !known || typed.contains(id);
  }

  boolean mayBePassword(long id) {
    return !known || passwords.contains(id);
  }

  /** How many nodes are told apart; grows as they are found. */
  int size() {
    return typed.size() + passwords.size();
  }

  /** The ids of nodes that hold what is typed, or {@code null} where they are unknown. */
  @Nullable String typedText() {
    return known ? text(typed) : null;
  }

  /** The same of passwords. */
  @Nullable String passwordsText() {
    return known ? text(passwords) : null;
  }

  private static String text(Set<Long> ids) {
    return ids.stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
  }
}
