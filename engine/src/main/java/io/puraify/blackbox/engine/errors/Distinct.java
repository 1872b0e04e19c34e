package io.puraify.blackbox.engine.errors;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
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

  private final int precision;
  private @Nullable HllSketch sketch;

  /** Begins with none; {@code precision}: the binary logarithm of the number of registers. */
  Distinct(int precision) {
    this.precision = precision;
  }

  void add(byte @Nullable [] value) {
    if (value != null && value.length > 0) {
      ours().update(value);
    }
  }

  void add(String value) {
    if (!value.isEmpty()) {
      ours().update(value);
    }
  }

  private HllSketch ours() {
    HllSketch ours = sketch;
    if (ours == null) {
      ours = new HllSketch(precision, TgtHllType.HLL_4);
      sketch = ours;
    }
    return ours;
  }

  void addAll(Distinct other) {
    if (other.sketch != null) {
      HllUnion union = new HllUnion(precision);
      if (sketch != null) {
        union.update(sketch);
      }
      union.update(other.sketch);
      sketch = union.getResult(TgtHllType.HLL_4);
    }
  }

  long estimate() {
    return sketch == null ? 0 : Math.round(sketch.getEstimate());
  }

  boolean approximate() {
    return estimate() > EXACT;
  }

  void write(DataOutput out) throws IOException {
    byte[] bytes = sketch == null ? new byte[0] : sketch.toCompactByteArray();
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  void read(DataInput in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    sketch = bytes.length == 0 ? null : HllSketch.heapify(bytes);
  }
}
