package io.puraify.blackbox.engine.alerts.evaluate;

import io.puraify.blackbox.engine.alerts.policy.Policy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is known of a policy's events with the same values. Not safe for several threads. */
final class Series {

  private static final int FORMAT = 2;

  /** The key of the one that takes what there is no room for. */
  static final String OTHER = "…";

  /** As far as it is looked back for flapping. */
  static final int CHANGES = 20;

  final String key;
  final SortedMap<String, String> labels;
  final Window window;
  final Deque<Long> changes = new ArrayDeque<>();
  long lastEvent;
  long lastTrue;
  long events;
  // Behind the last event that is counted in what was stored of it.
  long stored;
  @Nullable Alert alert;

  // When its alert was put into words.
  long worded;

  // Since the last look.
  boolean touched;
  int lastRow = -1;

  Series(Policy policy, String key, SortedMap<String, String> labels) {
    this.key = key;
    this.labels = labels;
    this.window = new Window(policy.condition(), policy.thresholds());
  }

  /** Remembers that an alert has begun to fire, or has ended. */
  void changed(long nowMicros) {
    changes.addLast(nowMicros);
    if (changes.size() > CHANGES) {
      changes.removeFirst();
    }
  }

  /**
   * What is kept of it.
   *
   * @param position behind the last event that is counted in it
   */
  byte[] encode(long position) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(2_048);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      out.writeByte(labels.size());
      for (var label : labels.entrySet()) {
        text(out, label.getKey());
        text(out, label.getValue());
      }
      out.writeLong(position);
      out.writeLong(lastEvent);
      out.writeLong(lastTrue);
      out.writeLong(events);
      out.writeByte(changes.size());
      for (long change : changes) {
        out.writeLong(change);
      }
      window.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static Series decode(Policy policy, String key, byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int format = in.readByte();
      if (format != FORMAT) {
        throw new IOException("a series of format %d".formatted(format));
      }
      SortedMap<String, String> labels = new TreeMap<>();
      int count = in.readUnsignedByte();
      for (int i = 0; i < count; i++) {
        labels.put(text(in), text(in));
      }
      Series series = new Series(policy, key, labels);
      series.stored = in.readLong();
      series.lastEvent = in.readLong();
      series.lastTrue = in.readLong();
      series.events = in.readLong();
      int changes = in.readUnsignedByte();
      for (int i = 0; i < changes; i++) {
        series.changes.addLast(in.readLong());
      }
      series.window.read(in);
      return series;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String text(DataInputStream in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
  }
}
