package io.puraify.blackbox.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.puraify.blackbox.journal.Segment.Verdict;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Writes a segment, damages it, and asks what the journal would make of it at a start.
 *
 * <p>{@code mvn test} tries the inputs in {@code SegmentFuzzTestInputs}, {@code mvn verify} looks
 * for others for some seconds. For an hour: {@code JAZZER_MAX_DURATION=1h mvn -pl journal
 * test-compile surefire:test@fuzz -Dtest=SegmentFuzzTest}. An input that fails is kept beside the
 * others, and from then on every build tries it.
 */
class SegmentFuzzTest {

  private static final long FIRST = 1_000;

  /** Fewer bytes than it takes to forge a record with both of its checksums. */
  private static final int MAX_EDITS = 4;

  /** A segment as it was written; where each of its records begins, and where the last one ends. */
  private record Written(byte[] bytes, List<Integer> offsets, List<Long> positions, int synced) {}

  @FuzzTest(maxDuration = "5s")
  void damageIsCutOffOrRefusedButNeverRead(FuzzedDataProvider data) {
    if (data.consumeBoolean()) {
      readAnything(data.consumeRemainingAsBytes());
    } else {
      readDamaged(data);
    }
  }

  private static void readDamaged(FuzzedDataProvider data) {
    Written written = write(data);
    byte[] damaged = damage(data, written.bytes);
    int same = Arrays.mismatch(written.bytes, damaged);
    boolean changed = same >= 0;
    switch (verify(damaged, damaged.length)) {
      case Verdict.Whole(long bytes, long end) -> assertPrefix(written, damaged, bytes, end);
      case Verdict.Torn(long bytes, long end) -> {
        assertThat(changed).isTrue();
        assertPrefix(written, damaged, bytes, end);
      }
      case Verdict.Damaged(long offset, String fact) -> {
        assertThat(fact).isNotBlank();
        assertThat(changed).isTrue();
        assertThat(offset).isLessThanOrEqualTo(same);
        if (!isForged(written, damaged)) {
          assertThat(same).as("only what was synced is refused").isLessThan(written.synced);
        }
      }
    }
  }

  /**
   * Whether a record is found where none was written: payloads are long enough for one, and who
   * sees checksums being compared learns to make it. Such a record may be believed, but is never
   * read.
   */
  private static boolean isForged(Written written, byte[] damaged) {
    ByteBuffer bytes = ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN);
    return IntStream.range(0, damaged.length)
        .anyMatch(at -> !written.offsets.contains(at) && Frame.at(bytes, at) != null);
  }

  /** Any bytes behind a header have a verdict, and what is left after a cut is whole. */
  private static void readAnything(byte[] behind) {
    byte[] bytes =
        Arrays.copyOf(Segment.header(FIRST).array(), Segment.HEADER_BYTES + behind.length);
    System.arraycopy(behind, 0, bytes, Segment.HEADER_BYTES, behind.length);
    switch (verify(bytes, bytes.length)) {
      case Verdict.Whole(long length, long _) ->
          assertThat(Arrays.copyOfRange(bytes, (int) length, bytes.length))
              .containsOnly(new byte[bytes.length - (int) length]);
      case Verdict.Torn(long length, long end) ->
          assertThat(verify(bytes, (int) length)).isEqualTo(new Verdict.Whole(length, end));
      case Verdict.Damaged(long offset, String _) ->
          assertThat(offset).isBetween(0L, (long) bytes.length);
    }
  }

  private static Verdict verify(byte[] bytes, int length) {
    return Segment.verify(ByteBuffer.wrap(bytes, 0, length).slice(), FIRST, Long.MAX_VALUE);
  }

  private static void assertPrefix(Written written, byte[] damaged, long bytes, long end) {
    if (bytes == 0) {
      assertThat(end).isEqualTo(FIRST);
      return;
    }
    int record = written.offsets.indexOf((int) bytes);
    assertThat(record).as("the end of a record").isNotNegative();
    assertThat(end).isEqualTo(written.positions.get(record));
    assertThat(Arrays.equals(damaged, 0, (int) bytes, written.bytes, 0, (int) bytes)).isTrue();
  }

  private static Written write(FuzzedDataProvider data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(Segment.header(FIRST).array());
    List<Integer> offsets = new ArrayList<>(List.of(out.size()));
    List<Long> positions = new ArrayList<>(List.of(FIRST));
    int synced = out.size();
    for (int group = data.consumeInt(0, 3); group > 0; group--) {
      synced = out.size();
      for (int record = data.consumeInt(1, 3); record > 0; record--) {
        byte[] payload = data.consumeBytes(data.consumeInt(0, 40));
        int events = data.consumeInt(1, 5);
        ByteBuffer frame = ByteBuffer.allocate(Frame.HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        int checksum = Frame.checksum(ByteBuffer.wrap(payload));
        new Frame(payload.length, events, positions.getLast(), synced, checksum).put(frame);
        out.writeBytes(frame.array());
        out.writeBytes(payload);
        offsets.add(out.size());
        positions.add(positions.getLast() + events);
      }
    }
    return new Written(out.toByteArray(), offsets, positions, synced);
  }

  /** Cuts, zeros or appends at the end, and changes some bytes anywhere. */
  private static byte[] damage(FuzzedDataProvider data, byte[] whole) {
    byte[] damaged =
        switch (data.consumeInt(0, 3)) {
          case 0 -> Arrays.copyOf(whole, data.consumeInt(0, whole.length));
          case 1 -> {
            byte[] zeros = whole.clone();
            Arrays.fill(zeros, data.consumeInt(0, whole.length), whole.length, (byte) 0);
            yield zeros;
          }
          case 2 -> Arrays.copyOf(whole, whole.length + data.consumeInt(0, 50));
          default -> whole.clone();
        };
    for (int edits = data.consumeInt(0, MAX_EDITS); edits > 0 && damaged.length > 0; edits--) {
      damaged[data.consumeInt(0, damaged.length - 1)] = data.consumeByte();
    }
    return damaged;
  }
}
