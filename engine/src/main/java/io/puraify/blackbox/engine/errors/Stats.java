package io.puraify.blackbox.engine.errors;

import io.puraify.blackbox.core.AssignedId;
import io.puraify.blackbox.core.Field;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is counted of some errors: the same for a group and for each of its fingerprints. It takes
 * about a kilobyte, and 30 at most. Not safe for several threads.
 */
final class Stats {

  private static final int FORMAT = 1;

  /** 2^14 registers of 4 bits: a standard error of 0.65 % while values come one by one. */
  private static final int USER_PRECISION = 14;

  /** 2^12: 1.3 %. */
  private static final int PRECISION = 12;

  /** So many of the newest events are kept as examples. */
  static final int NEWEST = 5;

  private long count;
  private @Nullable Sighting first;
  private @Nullable Sighting last;
  private final Trend trend = new Trend();
  private final Distribution distribution = new Distribution();
  private final Distinct users = new Distinct(USER_PRECISION);
  private final Distinct sessions = new Distinct(PRECISION);
  private final Distinct flows = new Distinct(PRECISION);
  private final List<Example> newest = new ArrayList<>(1);
  private @Nullable Example richest;

  /** When an error was seen, in microseconds, with the version and environment it was seen in. */
  record Sighting(long micros, String version, String environment) {}

  /**
   * An event that shows what a group is about.
   *
   * @param sentId the id that its sender gave it; {@code null} for one that was assigned
   * @param richness how much it says, the more the better
   */
  record Example(
      long position, long micros, long receivedMicros, @Nullable String sentId, int richness) {

    String eventId() {
      return sentId == null ? AssignedId.of(receivedMicros, position) : sentId;
    }
  }

  /** Takes in the row at hand. */
  void add(ErrorBlock row) {
    count++;
    long micros = row.timestampMicros();
    if (first == null || micros < first.micros) {
      first = sighting(row, micros);
    }
    if (last == null || micros >= last.micros) {
      last = sighting(row, micros);
    }
    trend.add(micros);
    for (Field field : Distribution.FIELDS) {
      distribution.add(field, row.label(field));
    }
    byte[] user = row.bytes(Field.USER_ID);
    byte[] session = row.bytes(Field.SESSION_ID);
    users.add(user);
    sessions.add(session);
    flows.add(row.label(Field.FLOW_ID));
    // One that is stored as part of another cannot be looked at.
    if (row.isStored()) {
      example(row, micros, richness(row, user != null, session != null));
    }
  }

  private static int richness(ErrorBlock row, boolean user, boolean session) {
    int attributes = row.bytes(Field.ATTRIBUTES) == null ? 0 : 2;
    int trace = row.bytes(Field.STACK_TRACE) == null ? 0 : 4;
    return trace + attributes + (user ? 1 : 0) + (session ? 1 : 0);
  }

  private static Sighting sighting(ErrorBlock row, long micros) {
    return new Sighting(micros, name(row.label(Field.VERSION)), name(row.label(Field.ENVIRONMENT)));
  }

  /** Cut like those of a distribution; groups have the same few in common. */
  private static String name(String label) {
    return Distribution.cut(label).intern();
  }

  private void example(ErrorBlock row, long micros, int richness) {
    boolean richer = richest == null || richness > richest.richness;
    boolean newer = newest.size() < NEWEST || micros >= newest.getLast().micros;
    if (richer || newer) {
      Example example =
          new Example(row.position(), micros, row.receivedMicros(), row.sentId(), richness);
      richest = richer ? example : richest;
      if (newer) {
        newest.addFirst(example);
        if (newest.size() > NEWEST) {
          newest.removeLast();
        }
      }
    }
  }

  /** Takes in what another has counted. */
  void addAll(Stats other) {
    count += other.count;
    if (first == null || other.first != null && other.first.micros < first.micros) {
      first = other.first;
    }
    if (last == null || other.last != null && other.last.micros > last.micros) {
      last = other.last;
    }
    trend.addAll(other.trend);
    distribution.addAll(other.distribution);
    users.addAll(other.users);
    sessions.addAll(other.sessions);
    flows.addAll(other.flows);
    newest.addAll(other.newest);
    newest.sort((a, b) -> Long.compare(b.micros, a.micros));
    while (newest.size() > NEWEST) {
      newest.removeLast();
    }
    if (richest == null || other.richest != null && other.richest.richness > richest.richness) {
      richest = other.richest;
    }
  }

  long count() {
    return count;
  }

  Sighting first() {
    return first == null ? new Sighting(0, "", "") : first;
  }

  Sighting last() {
    return last == null ? new Sighting(0, "", "") : last;
  }

  Trend trend() {
    return trend;
  }

  Distribution distribution() {
    return distribution;
  }

  Distinct users() {
    return users;
  }

  Distinct sessions() {
    return sessions;
  }

  Distinct flows() {
    return flows;
  }

  /** The newest events first, then the one that says most where it is none of them. */
  List<Example> examples() {
    List<Example> examples = new ArrayList<>(newest);
    if (richest != null && !examples.contains(richest)) {
      examples.add(richest);
    }
    return examples;
  }

  /** What it takes in memory, about, in bytes. */
  int bytes() {
    int sketches = users.bytes() + sessions.bytes() + flows.bytes();
    return 400 + trend.bytes() + distribution.bytes() + sketches + newest.size() * 100;
  }

  Stats copy() {
    return decode(encode());
  }

  byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_024);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      out.writeLong(count);
      write(out, first());
      write(out, last());
      trend.write(out);
      distribution.write(out);
      users.write(out);
      sessions.write(out);
      flows.write(out);
      out.writeByte(newest.size());
      for (Example example : newest) {
        write(out, example);
      }
      out.writeBoolean(richest != null);
      if (richest != null) {
        write(out, richest);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, Sighting sighting) throws IOException {
    out.writeLong(sighting.micros);
    out.writeUTF(sighting.version);
    out.writeUTF(sighting.environment);
  }

  private static void write(DataOutputStream out, Example example) throws IOException {
    out.writeLong(example.position);
    out.writeLong(example.micros);
    out.writeLong(example.receivedMicros);
    out.writeUTF(example.sentId == null ? "" : example.sentId);
    out.writeByte(example.richness);
  }

  static Stats decode(byte[] bytes) {
    Stats stats = new Stats();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int format = in.readUnsignedByte();
      if (format != FORMAT) {
        throw new IllegalArgumentException("statistics of format " + format);
      }
      stats.count = in.readLong();
      Sighting first = sighting(in);
      Sighting last = sighting(in);
      stats.first = stats.count == 0 ? null : first;
      stats.last = stats.count == 0 ? null : last;
      stats.trend.read(in);
      stats.distribution.read(in);
      stats.users.read(in);
      stats.sessions.read(in);
      stats.flows.read(in);
      int newest = in.readUnsignedByte();
      for (int i = 0; i < newest; i++) {
        stats.newest.add(example(in));
      }
      stats.richest = in.readBoolean() ? example(in) : null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return stats;
  }

  private static Sighting sighting(DataInputStream in) throws IOException {
    return new Sighting(in.readLong(), in.readUTF().intern(), in.readUTF().intern());
  }

  private static Example example(DataInputStream in) throws IOException {
    long position = in.readLong();
    long micros = in.readLong();
    long received = in.readLong();
    String sentId = in.readUTF();
    return new Example(
        position, micros, received, sentId.isEmpty() ? null : sentId, in.readUnsignedByte());
  }
}
