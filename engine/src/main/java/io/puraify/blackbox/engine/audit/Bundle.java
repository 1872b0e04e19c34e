package io.puraify.blackbox.engine.audit;

import io.puraify.blackbox.core.Event;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UTFDataFormatException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * A bundle that is read: everything but its events at once, and these as they are asked for. For
 * one thread and one verification.
 */
public final class Bundle implements AuditSource {

  /** An event is smaller by far. */
  private static final int MAX_BYTES = 16 << 20;

  private final DataInputStream in;
  private final List<Checkpoint> checkpoints = new ArrayList<>();
  private final List<Gap> gaps = new ArrayList<>();
  private final Map<Long, List<GapPart>> partsOfGaps = new HashMap<>();
  private final Map<Long, List<GapPart>> partsOfLeaves = new HashMap<>();
  private final List<Leaf> leaves = new ArrayList<>();
  private int kind;
  private long read = Long.MIN_VALUE;

  /**
   * Reads all that comes before the events.
   *
   * @throws AuditException where it is no bundle
   */
  public Bundle(InputStream bundle) throws IOException {
    try {
      in =
          new DataInputStream(
              new BufferedInputStream(new GZIPInputStream(bundle, 1 << 16), 1 << 16));
      if (!in.readUTF().equals(BundleWriter.MAGIC)) {
        throw new AuditException("this is no bundle of an audit trail");
      }
      // Of whoever made the bundle, and so no proof of anything: the key has to be known.
      var _ = AuditPublicKey.parse(in.readUTF());
      kind = in.read();
      while (head()) {
        kind = in.read();
      }
    } catch (ZipException | EOFException | UTFDataFormatException | IllegalArgumentException e) {
      throw new AuditException("this is no whole bundle of an audit trail: " + e.getMessage(), e);
    }
  }

  private boolean head() throws IOException {
    switch (kind) {
      case BundleWriter.CHECKPOINT -> checkpoints.add(CheckpointLine.parse(in.readUTF()));
      case BundleWriter.GAP ->
          gaps.add(
              new Gap(
                  new Gap.Content(
                      in.readLong(), in.readLong(), in.readLong(), in.readLong(), bytes(), bytes()),
                  bytes()));
      case BundleWriter.PART -> {
        long gap = in.readLong();
        if (gap != gaps.size() - 1) {
          throw new IllegalArgumentException("it has a part of gap record " + gap + " elsewhere");
        }
        GapPart part = new GapPart(in.readLong(), bytes());
        partsOfGaps.computeIfAbsent(gap, _ -> new ArrayList<>()).add(part);
        partsOfLeaves.computeIfAbsent(part.leaf(), _ -> new ArrayList<>()).add(part);
      }
      case BundleWriter.LEAF ->
          leaves.add(new Leaf(in.readLong(), in.readLong(), in.readInt(), bytes()));
      default -> {
        return false;
      }
    }
    return true;
  }

  /**
   * Verifies it.
   *
   * @param key that is known to be the right one
   * @param anchorFile of checkpoints that were anchored, or {@code null}
   * @throws AuditException where it has nothing that is signed
   */
  public Verification verify(AuditPublicKey key, @Nullable Path anchorFile) {
    if (checkpoints.isEmpty()) {
      throw new AuditException("the bundle has no checkpoint, and so it proves nothing");
    }
    return new Verifier(this, key)
        .run(sink -> {
          if (anchorFile != null) {
            Anchor.read(anchorFile, sink);
          }
        });
  }

  @Override
  public List<Checkpoint> checkpoints(long from, int count) {
    return part(checkpoints, from, count);
  }

  @Override
  public List<Leaf> leaves(long from, int count) {
    return part(leaves, from, count);
  }

  @Override
  public List<Gap> gaps(long from, int count) {
    return part(gaps, from, count);
  }

  private static <T> List<T> part(List<T> all, long from, int count) {
    if (from < 0 || from >= all.size()) {
      return List.of();
    }
    return all.subList((int) from, (int) Math.min(from + count, all.size()));
  }

  @Override
  public List<GapPart> gapParts(long gap, long fromLeaf, int count) {
    return partsOfGaps.getOrDefault(gap, List.of()).stream()
        .filter(part -> part.leaf() >= fromLeaf)
        .limit(count)
        .toList();
  }

  @Override
  public List<GapPart> gapParts(long leaf, long gaps) {
    return partsOfLeaves.getOrDefault(leaf, List.of());
  }

  @Override
  public Extent extent() {
    long end = leaves.isEmpty() ? 0 : leaves.getLast().end();
    return new Extent(0, end, end);
  }

  @Override
  public void events(long from, long to, Consumer<Event> sink) {
    try {
      while (read < to && kind != BundleWriter.END) {
        switch (kind) {
          case BundleWriter.EVENT -> sink.accept(CanonicalForm.parse(bytes()));
          case BundleWriter.WINDOW -> read = in.readLong();
          default -> throw new AuditException("the bundle breaks off or is damaged");
        }
        kind = in.read();
      }
    } catch (IOException e) {
      throw new AuditException("the bundle cannot be read to its end: " + e.getMessage(), e);
    }
  }

  private byte[] bytes() throws IOException {
    int length = in.readInt();
    if (length < 0 || length > MAX_BYTES) {
      throw new IllegalArgumentException("it has a part of %d bytes".formatted(length));
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("it breaks off");
    }
    return bytes;
  }
}
