package io.puraify.blackbox.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a start finds in a journal's folder: cuts off what a crash has torn, and refuses what is
 * damaged or missing.
 */
final class Recovery {

  private static final System.Logger log = System.getLogger(Journal.class.getName());

  /** A segment's file, before it was looked into. */
  private record Found(Path path, long first) {}

  private final List<Segment> segments = new ArrayList<>();
  private long end;

  private Recovery() {}

  /**
   * Looks through a folder.
   *
   * @throws JournalException naming the file, the offset and the remedy
   */
  static Recovery of(Path folder) throws IOException {
    Recovery recovery = new Recovery();
    List<Found> found = find(folder);
    for (int i = 0; i < found.size(); i++) {
      boolean last = i == found.size() - 1;
      recovery.add(found.get(i), last ? Long.MAX_VALUE : found.get(i + 1).first, last);
    }
    return recovery;
  }

  private static List<Found> find(Path folder) throws IOException {
    List<Found> found = new ArrayList<>();
    try (Stream<Path> paths = Files.list(folder)) {
      paths
          .sorted()
          .forEach(
              path -> Segment.firstOf(path).ifPresent(first -> found.add(new Found(path, first))));
    }
    return found;
  }

  /** The segments, oldest first, each beginning where the one before ends. */
  List<Segment> segments() {
    return List.copyOf(segments);
  }

  /** The position behind the last event. */
  long end() {
    return end;
  }

  private void add(Found found, long next, boolean last) throws IOException {
    Path path = found.path;
    switch (Segment.verify(path, found.first, next)) {
      case Segment.Verdict.Damaged(long offset, String fact) -> throw damaged(path, offset, fact);
      case Segment.Verdict.Whole(long bytes, long behind) -> {
        if (!last && behind < next) {
          throw new JournalException(
              "a file is missing from the journal: %s ends at position %d, and the next begins at %d"
                      .formatted(path, behind, next)
                  + ". Restore the missing file from a copy. Without one, "
                  + remedy("all files behind it", "all files up to it"),
              null);
        }
        keep(path, found.first, bytes, behind);
      }
      case Segment.Verdict.Torn(long bytes, long behind) -> {
        if (!last && behind < next) {
          throw damaged(path, bytes, "it ends in the middle of a record");
        }
        cut(path, found.first, bytes);
        keep(path, found.first, Math.max(bytes, Segment.HEADER_BYTES), behind);
      }
    }
  }

  private void keep(Path path, long first, long bytes, long behind) {
    segments.add(new Segment(path, first, bytes));
    end = behind;
  }

  private static void cut(Path path, long first, long bytes) throws IOException {
    log.log(
        System.Logger.Level.WARNING,
        "{0} ends in bytes that a crash has kept from being written to their end;"
            + " {1} bytes from offset {2} on are cut off",
        path,
        Long.toString(Files.size(path) - bytes),
        Long.toString(bytes));
    SegmentWriter.cut(path, bytes, first);
  }

  /** What to say of a file that is not what was written to it. */
  static JournalException damaged(Path path, long offset, String fact) {
    return new JournalException(
        "%s is damaged at offset %d: %s. Restore the file from a copy. Without one, "
                .formatted(path, offset, fact)
            + remedy("it and all newer files", "it and all older files"),
        null);
  }

  private static String remedy(String newer, String older) {
    return ("move %s out of the folder where the stores have already applied their events,"
            + " or %s where they have not, which gives those events up")
        .formatted(older, newer);
  }
}
