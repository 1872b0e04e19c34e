package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.EventBatch;
import io.puraify.blackbox.core.EventBlock;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Micros;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The rows of a batch that belong to one UTC day and are stored, in the order of their positions.
 *
 * <p>They are kept as runs of neighbouring rows of one block, three numbers each, because a batch
 * is nearly always of one day and a run then a whole block.
 */
final class DayRows {

  private static final int RUN = 3;

  private final List<EventBlock> blocks;
  private int[] runs = new int[RUN * 4];
  private int count;
  private int size;

  private DayRows(List<EventBlock> blocks) {
    this.blocks = blocks;
  }

  /** The rows of a batch from a position on, by their UTC day in days since 1970-01-01. */
  static NavigableMap<Long, DayRows> split(EventBatch batch, long from) {
    NavigableMap<Long, DayRows> days = new TreeMap<>();
    for (int block = 0; block < batch.blocks().size(); block++) {
      EventBlock events = batch.blocks().get(block);
      int first = Math.clamp(from - events.first().value(), 0, events.rows());
      if (first < events.rows()) {
        split(batch.blocks(), block, first, days);
      }
    }
    return days;
  }

  private static void split(
      List<EventBlock> blocks, int block, int first, NavigableMap<Long, DayRows> days) {
    EventBlock events = blocks.get(block);
    int row = first;
    while (row < events.rows()) {
      if (events.storedCount(row) == 0) {
        row++;
        continue;
      }
      long day = Micros.day(events.integer(Field.TIMESTAMP, row));
      long start = day * Micros.PER_DAY;
      int end = row + 1;
      while (end < events.rows()
          && events.storedCount(end) > 0
          && sameDay(start, events.integer(Field.TIMESTAMP, end))) {
        end++;
      }
      days.computeIfAbsent(day, _ -> new DayRows(blocks)).add(block, row, end - row);
      row = end;
    }
  }

  private static boolean sameDay(long start, long micros) {
    return micros >= start && micros - start < Micros.PER_DAY;
  }

  private void add(int block, int row, int rows) {
    int at = count * RUN;
    if (at == runs.length) {
      runs = Arrays.copyOf(runs, at * 2);
    }
    runs[at] = block;
    runs[at + 1] = row;
    runs[at + 2] = rows;
    count++;
    size += rows;
  }

  /** Those from a position on. */
  DayRows from(long position) {
    if (count == 0 || blocks.get(runs[0]).first().value() + runs[1] >= position) {
      return this;
    }
    DayRows rest = new DayRows(blocks);
    for (int run = 0; run < count; run++) {
      long first = block(run).first().value() + row(run);
      int skipped = Math.clamp(position - first, 0, rows(run));
      if (skipped < rows(run)) {
        rest.add(runs[run * RUN], row(run) + skipped, rows(run) - skipped);
      }
    }
    return rest;
  }

  /** How many rows, ≥ 0. */
  int size() {
    return size;
  }

  /** How many runs, ≥ 0. */
  int runs() {
    return count;
  }

  EventBlock block(int run) {
    return blocks.get(runs[run * RUN]);
  }

  /** The first row of a run, as a row of its block. */
  int row(int run) {
    return runs[run * RUN + 1];
  }

  /** How many rows a run has, ≥ 1. */
  int rows(int run) {
    return runs[run * RUN + 2];
  }

  /** How many events are folded into these, ≥ 0. */
  long folded() {
    long folded = 0;
    for (int run = 0; run < count; run++) {
      EventBlock block = block(run);
      if (block.hasFolds()) {
        for (int row = row(run); row < row(run) + rows(run); row++) {
          folded += block.storedCount(row) - 1L;
        }
      }
    }
    return folded;
  }

  /** Whether any row may have a value of the field. */
  boolean has(Field field) {
    for (int run = 0; run < count; run++) {
      if (field == Field.COUNT ? block(run).hasFolds() : block(run).has(field)) {
        return true;
      }
    }
    return false;
  }

  /** The position of the first row; there must be one. */
  long firstPosition() {
    return block(0).first().value() + row(0);
  }
}
