package io.puraify.blackbox.storage.duckdb.needles;

import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Filter;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Which rows of a day can hold a word or an id, as a file: segments of up to half a million rows,
 * one behind the other, to which further ones are added. What a crash leaves of the last one is
 * overwritten by the next. Rows behind the last segment may hold anything.
 *
 * <p>An index is what its file held when it was opened. Immutable, safe for any thread.
 */
public final class NeedleIndex {

  /** The index of a file that has none. */
  public static final NeedleIndex NONE = new NeedleIndex(List.of());

  /** The fields with ids by which events are looked for; their order is part of the format. */
  public static final List<Field> IDS =
      List.of(Field.EVENT_ID, Field.RUN_ID, Field.SESSION_ID, Field.TRACE_ID, Field.SPAN_ID);

  /** The fields with texts whose words are looked for. */
  public static final List<Field> TEXTS =
      List.of(Field.MESSAGE, Field.ERROR_TYPE, Field.STACK_TRACE);

  /** Where more rows than this share are left, reading them one by one costs more than all. */
  private static final double WORTHWHILE = 0.6;

  private final List<NeedleSegment> segments;

  private NeedleIndex(List<NeedleSegment> segments) {
    this.segments = segments;
  }

  /** Opens the index in a file; there may be none. */
  public static NeedleIndex open(Path file) throws IOException {
    if (Files.notExists(file)) {
      return NONE;
    }
    List<NeedleSegment> segments = new ArrayList<>();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      MemorySegment bytes = map(channel, 0);
      long at = 0;
      long row = 0;
      NeedleSegment next = NeedleSegment.read(bytes, at);
      while (next != null && next.header().first() == row) {
        segments.add(next);
        at += next.bytes();
        row = next.header().end();
        next = NeedleSegment.read(bytes, at);
      }
    }
    return new NeedleIndex(List.copyOf(segments));
  }

  /**
   * Adds a segment to the file of this index, behind those that it has.
   *
   * @return the index with it; what is known of the other segments stays known
   */
  public NeedleIndex append(Path file, SegmentBuilder segment) throws IOException {
    long end = segments.stream().mapToLong(NeedleSegment::bytes).sum();
    ByteBuffer bytes = segment.write();
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      for (long at = end; bytes.hasRemaining(); ) {
        at += channel.write(bytes, at);
      }
      channel.truncate(end + bytes.limit());
      channel.force(true);
      NeedleSegment added = NeedleSegment.read(map(channel, end), 0);
      if (added == null) {
        throw new IOException("%s does not hold what was written to it".formatted(file));
      }
      List<NeedleSegment> all = new ArrayList<>(segments);
      all.add(added);
      return new NeedleIndex(List.copyOf(all));
    }
  }

  /** Maps a file from an offset to its end; unmapped when no search has it any more. */
  private static MemorySegment map(FileChannel channel, long from) throws IOException {
    return channel.map(FileChannel.MapMode.READ_ONLY, from, channel.size() - from, Arena.ofAuto());
  }

  /** How many rows it knows, from the first on. */
  public long rows() {
    return segments.isEmpty() ? 0 : segments.getLast().header().end();
  }

  /** A row that it knows, and the position of the event there. */
  public record Known(long row, long position) {}

  /** Some rows by which to tell whether the index belongs to a table; none where it has none. */
  public List<Known> known() {
    if (segments.isEmpty()) {
      return List.of();
    }
    var first = segments.getFirst().header();
    var last = segments.getLast().header();
    return List.of(
        new Known(first.first(), first.firstPosition()),
        new Known(last.end() - 1, last.lastPosition()));
  }

  /**
   * The rows that may hold events of a filter; {@link RowRanges#ALL} where that is most of them.
   *
   * @param all how many rows the table has
   */
  public RowRanges candidates(Filter filter, long all) {
    Probe probe = Probe.of(filter);
    if (probe.equals(Probe.ALL) || segments.isEmpty()) {
      return RowRanges.ALL;
    }
    RowRanges.Builder ranges = new RowRanges.Builder();
    for (NeedleSegment segment : segments) {
      add((segment.isSound() ? probe : Probe.ALL).in(segment), segment.header().first(), ranges);
    }
    RowRanges known = ranges.build();
    if (known.rows(rows()) > rows() * WORTHWHILE) {
      return RowRanges.ALL;
    }
    if (all > rows()) {
      ranges.add(rows(), Long.MAX_VALUE);
    }
    return ranges.build();
  }

  private static void add(BitSet vectors, long first, RowRanges.Builder ranges) {
    int from = vectors.nextSetBit(0);
    while (from >= 0) {
      int to = vectors.nextClearBit(from);
      ranges.add(first + (long) from * RowRanges.VECTOR, first + (long) to * RowRanges.VECTOR - 1);
      from = vectors.nextSetBit(to);
    }
  }
}
