package io.puraify.blackbox.server.cli.ingest;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** Adds up what became of the slices. Safe for many threads. */
final class Tally {

  /**
   * An event that was not accepted.
   *
   * @param slice the number of its slice
   * @param line of the input, from 1
   */
  record Rejected(long slice, long index, String input, long line, String pointer, String reason) {

    @Override
    public String toString() {
      String where = pointer.isEmpty() ? "" : pointer + ": ";
      return "%s:%d: %s%s".formatted(input, line, where, reason);
    }
  }

  private static final Comparator<Rejected> IN_ORDER =
      Comparator.comparingLong(Rejected::slice).thenComparingLong(Rejected::index);

  private final int shown;
  private final TreeSet<Rejected> first = new TreeSet<>(IN_ORDER);
  private volatile long accepted;
  private long duplicates;
  private long rejected;
  private long bytes;

  /**
   * An empty tally.
   *
   * @param shown how many of the rejected events are kept: the first ones of the inputs
   */
  Tally(int shown) {
    this.shown = shown;
  }

  synchronized void add(SliceQueue.Numbered numbered, IngestAnswer answer) throws IOException {
    Slice slice = numbered.slice();
    accepted = accepted + answer.accepted();
    duplicates += answer.duplicates();
    bytes += slice.length();
    rejected +=
        answer.rejectedTotal().isPresent() ? answer.rejectedTotal().getAsLong() : slice.events();
    for (IngestAnswer.Item item : answer.rejected()) {
      if (isAmongTheFirst(numbered.number(), item.index())) {
        long line = slice.line(item.index());
        first.add(
            new Rejected(
                numbered.number(),
                item.index(),
                slice.input(),
                line,
                item.pointer(),
                item.reason()));
        if (first.size() > shown) {
          first.pollLast();
        }
      }
    }
  }

  private boolean isAmongTheFirst(long slice, long index) {
    if (first.size() < shown) {
      return true;
    }
    return shown > 0
        && (slice < first.last().slice()
            || (slice == first.last().slice() && index < first.last().index()));
  }

  /** Repeats included; waits for nobody. */
  long accepted() {
    return accepted;
  }

  synchronized long duplicates() {
    return duplicates;
  }

  synchronized long rejected() {
    return rejected;
  }

  /** Of events, without compression. */
  synchronized long bytes() {
    return bytes;
  }

  synchronized List<Rejected> firstRejected() {
    return List.copyOf(first);
  }
}
