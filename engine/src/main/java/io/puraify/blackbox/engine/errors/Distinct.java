package io.puraify.blackbox.engine.errors;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.datasketches.hash.MurmurHash3;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.HllUnion;
import org.apache.datasketches.hll.TgtHllType;
import org.jspecify.annotations.Nullable;

/**
 * How many different values there were: to the one as long as they are few, else within a percent
 * or two (HyperLogLog of Apache DataSketches). Not safe for several threads.
 */
final class Distinct {

  /** Below it, a sketch holds every value's hash. */
  private static final int EXACT = 100;

  /** So many hashes are kept by themselves, since a sketch of a few takes several times as much. */
  private static final int MOST_FEW = 16;

  private static final long SEED = 9_001;
  private static final long[] NONE = {};

  private final int precision;
  private long[] few = NONE;
  private int size;
  private @Nullable HllSketch sketch;

  /** Begins with none; {@code precision}: the binary logarithm of the number of registers. */
  Distinct(int precision) {
    this.precision = precision;
  }

  void add(byte @Nullable [] value) {
    if (value != null && value.length > 0) {
      add(MurmurHash3.hash(value, SEED)[0]);
    }
  }

  void add(String value) {
    add(value.getBytes(StandardCharsets.UTF_8));
  }

  private void add(long hash) {
    HllSketch many = sketch;
    if (many != null) {
      many.update(hash);
    } else if (!isAmongFew(hash)) {
      if (size == MOST_FEW) {
        asSketch().update(hash);
      } else {
        if (size == few.length) {
          few = Arrays.copyOf(few, Math.max(2, 2 * size));
        }
        few[size++] = hash;
      }
    }
  }

  private boolean isAmongFew(long hash) {
    for (int i = 0; i < size; i++) {
      if (few[i] == hash) {
        return true;
      }
    }
    return false;
  }

  private HllSketch asSketch() {
    HllSketch many = sketch;
    if (many == null) {
      many = new HllSketch(precision, TgtHllType.HLL_4);
      for (int i = 0; i < size; i++) {
        many.update(few[i]);
      }
      few = NONE;
      size = 0;
      sketch = many;
    }
    return many;
  }

  void addAll(Distinct other) {
    if (other.sketch == null) {
      for (int i = 0; i < other.size; i++) {
        add(other.few[i]);
      }
    } else {
      HllUnion union = new HllUnion(precision);
      union.update(asSketch());
      union.update(other.sketch);
      sketch = union.getResult(TgtHllType.HLL_4);
    }
  }

  long estimate() {
    return sketch == null ? size : Math.round(sketch.getEstimate());
  }

  boolean approximate() {
    return estimate() > EXACT;
  }

  /** What it takes in memory, about. */
  int bytes() {
    return sketch == null ? 32 + 8 * few.length : 128 + sketch.getUpdatableSerializationBytes();
  }

  void write(DataOutput out) throws IOException {
    byte[] bytes = sketch == null ? new byte[0] : sketch.toCompactByteArray();
    out.writeByte(size);
    for (int i = 0; i < size; i++) {
      out.writeLong(few[i]);
    }
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  void read(DataInput in) throws IOException {
    size = in.readUnsignedByte();
    few = size == 0 ? NONE : new long[size];
    for (int i = 0; i < size; i++) {
      few[i] = in.readLong();
    }
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    sketch = bytes.length == 0 ? null : HllSketch.heapify(bytes);
  }
}
