package io.puraify.blackbox.journal;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * How a journal is kept.
 *
 * @param folder where the segments lie; created where it is missing
 * @param sync when an append completes
 * @param segmentBytes a segment is closed when it is as long; trimming drops whole segments
 * @param maxBytes the most that all segments may take; at least two segments
 * @param recentBytes how much of the newest payloads is kept in memory at most, for readers that
 *     follow closely
 * @param faultPoint called with a name at the moments where a crash is worth a test; does nothing
 *     otherwise
 */
public record JournalOptions(
    Path folder,
    Sync sync,
    long segmentBytes,
    long maxBytes,
    long recentBytes,
    Consumer<String> faultPoint) {

  /** Small enough that little is kept longer than needed, large enough that rolling is rare. */
  private static final long SEGMENT_BYTES = 64L << 20;

  /** Ten million events of 400 bytes: most of an hour at a busy platform's pace. */
  private static final long MAX_BYTES = 4L << 30;

  /** About a second of the highest rate, so that only who lags reads files. */
  private static final long RECENT_BYTES = 96L << 20;

  /** A segment is read as a whole when the journal is opened. */
  private static final long MAX_SEGMENT_BYTES = 1L << 30;

  public JournalOptions {
    if (segmentBytes < 1 || segmentBytes > MAX_SEGMENT_BYTES) {
      throw new IllegalArgumentException(
          "a segment has between 1 and %d bytes, not %d"
              .formatted(MAX_SEGMENT_BYTES, segmentBytes));
    }
    if (maxBytes < 2 * segmentBytes) {
      throw new IllegalArgumentException(
          "a journal holds at least two segments of %d bytes, not %d bytes in all"
              .formatted(segmentBytes, maxBytes));
    }
  }

  /** The usual settings. */
  public static JournalOptions in(Path folder) {
    return new JournalOptions(
        folder, Sync.ALWAYS, SEGMENT_BYTES, MAX_BYTES, RECENT_BYTES, point -> {});
  }

  public JournalOptions withSync(Sync sync) {
    return new JournalOptions(folder, sync, segmentBytes, maxBytes, recentBytes, faultPoint);
  }

  /** Segments become smaller where the bound leaves no room for two of the usual size. */
  public JournalOptions withMaxBytes(long maxBytes) {
    long segment = Math.max(1, Math.min(segmentBytes, maxBytes / 4));
    return new JournalOptions(folder, sync, segment, maxBytes, recentBytes, faultPoint);
  }

  public JournalOptions withSegmentBytes(long segmentBytes) {
    return new JournalOptions(folder, sync, segmentBytes, maxBytes, recentBytes, faultPoint);
  }

  public JournalOptions withRecentBytes(long recentBytes) {
    return new JournalOptions(folder, sync, segmentBytes, maxBytes, recentBytes, faultPoint);
  }

  public JournalOptions withFaultPoint(Consumer<String> faultPoint) {
    return new JournalOptions(folder, sync, segmentBytes, maxBytes, recentBytes, faultPoint);
  }
}
