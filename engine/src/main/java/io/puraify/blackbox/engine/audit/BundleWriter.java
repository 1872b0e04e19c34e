package io.puraify.blackbox.engine.audit;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a bundle: gzip over {@value #MAGIC}, the public key, and records of a kind (1 byte) each.
 * Numbers are big-endian, texts and bytes have their length before them. Checkpoints, gap records,
 * their parts and leaves come first and in order; then the events of so many leaves at a time, in
 * any order, and behind them the position where they end.
 */
final class BundleWriter {

  static final String MAGIC = "blackbox audit bundle v1";

  static final int CHECKPOINT = 'C';
  static final int GAP = 'G';
  static final int PART = 'P';
  static final int LEAF = 'L';
  static final int EVENT = 'E';
  static final int WINDOW = 'W';
  static final int END = '.';

  private static final int PAGE = 1_000;

  private final AuditSource source;
  private final DataOutputStream out;
  private final EventDigest digest = new EventDigest();

  private BundleWriter(AuditSource source, DataOutputStream out) {
    this.source = source;
    this.out = out;
  }

  /**
   * Writes it, and leaves the stream open.
   *
   * @param last the last checkpoint: what came after it is left out
   */
  static void write(
      AuditSource source, AuditPublicKey key, @Nullable Checkpoint last, OutputStream target)
      throws IOException {
    GZIPOutputStream zipped = new GZIPOutputStream(new BufferedOutputStream(target, 1 << 16));
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(zipped, 1 << 16));
    out.writeUTF(MAGIC);
    out.writeUTF(key.pem());
    if (last != null) {
      BundleWriter writer = new BundleWriter(source, out);
      writer.checkpoints(last);
      writer.gaps();
      writer.leaves(last);
      writer.events(last);
    }
    out.write(END);
    out.flush();
    zipped.finish();
    zipped.flush();
  }

  private void checkpoints(Checkpoint last) throws IOException {
    long next = 0;
    List<Checkpoint> page = source.checkpoints(next, PAGE);
    while (!page.isEmpty() && next <= last.content().number()) {
      for (Checkpoint each : page) {
        next = each.content().number() + 1;
        if (each.content().number() <= last.content().number()) {
          out.write(CHECKPOINT);
          out.writeUTF(CheckpointLine.of(each));
        }
      }
      page = source.checkpoints(next, PAGE);
    }
  }

  /** Also those that the checkpoint does not stand for yet: each is signed by itself. */
  private void gaps() throws IOException {
    long next = 0;
    List<Gap> page = source.gaps(next, PAGE);
    while (!page.isEmpty()) {
      for (Gap each : page) {
        next = each.content().number() + 1;
        out.write(GAP);
        out.writeLong(each.content().number());
        out.writeLong(each.content().micros());
        out.writeLong(each.content().day());
        out.writeLong(each.content().events());
        bytes(each.content().parts());
        bytes(each.content().previous());
        bytes(each.signature());
        parts(each.content().number());
      }
      page = source.gaps(next, PAGE);
    }
  }

  private void parts(long gap) throws IOException {
    List<GapPart> page = source.gapParts(gap, 0, PAGE);
    while (!page.isEmpty()) {
      for (GapPart each : page) {
        out.write(PART);
        out.writeLong(gap);
        out.writeLong(each.leaf());
        bytes(each.digests());
      }
      page = source.gapParts(gap, page.getLast().leaf() + 1, PAGE);
    }
  }

  private void leaves(Checkpoint last) throws IOException {
    for (long next = 0; next < last.content().leaves(); next += PAGE) {
      int count = (int) Math.min(PAGE, last.content().leaves() - next);
      for (Leaf each : source.leaves(next, count)) {
        out.write(LEAF);
        out.writeLong(each.number());
        out.writeLong(each.first());
        out.writeInt(each.events());
        bytes(each.hash());
      }
    }
  }

  private void events(Checkpoint last) throws IOException {
    for (long next = 0; next < last.content().leaves(); next += Verifier.WINDOW_LEAVES) {
      int count = (int) Math.min(Verifier.WINDOW_LEAVES, last.content().leaves() - next);
      List<Leaf> leaves = source.leaves(next, count);
      if (leaves.isEmpty()) {
        return;
      }
      long from = next == 0 ? Long.MIN_VALUE : leaves.getFirst().first();
      long to = leaves.getLast().end();
      try {
        source.events(from, to, event -> event(digest.form(event)));
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
      out.write(WINDOW);
      out.writeLong(to);
    }
  }

  private void event(byte[] form) {
    try {
      out.write(EVENT);
      bytes(form);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void bytes(byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }
}
