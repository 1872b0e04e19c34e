package io.puraify.blackbox.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.puraify.blackbox.journal.SegmentWriter.Unsynced;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentWriterTest {

  @TempDir Path folder;
  private final List<Segment> opened = new ArrayList<>();
  private SegmentWriter writer;

  @BeforeEach
  void begin() throws IOException {
    writer = new SegmentWriter(JournalOptions.in(folder), null, 0, opened::add);
  }

  @Test
  void acknowledgedRecordsAreWrittenOnceMoreToTheirPlaceAfterAFailure() throws Exception {
    write("synced");
    writer.sync();
    write("acknowledged");
    writer.acknowledge();
    write("failed");
    writer.abandon();
    assertThat(writer.isSuspect()).isTrue();

    // What the system may do with pages that it could not write.
    Path file = opened.getFirst().path();
    byte[] whole = Files.readAllBytes(file);
    byte[] dropped = whole.clone();
    java.util.Arrays.fill(dropped, 60, dropped.length, (byte) 0);
    Files.write(file, dropped);

    assertThat(JournalFixture.texts(writer.sync())).containsExactly("acknowledged");
    assertThat(writer.isSuspect()).isFalse();
    write("next");
    writer.sync();
    writer.close();
    assertThat(JournalFixture.reopened(folder)).containsExactly("synced", "acknowledged", "next");
    assertThat(opened).hasSize(1);
  }

  @Test
  void aFailureOfWhatNobodyWasPromisedBeginsANewSegment() throws Exception {
    write("synced");
    writer.sync();
    write("failed");
    writer.abandon();
    assertThat(writer.isSuspect()).isFalse();
    assertThat(writer.isFull()).isTrue();
    writer.roll();
    write("next");
    writer.sync();
    writer.close();
    assertThat(opened).extracting(Segment::first).containsExactly(0L, 1L);
    assertThat(JournalFixture.reopened(folder)).containsExactly("synced", "next");
  }

  @Test
  void nothingIsWrittenAfterAFailureUntilASegmentIsBegun() {
    writer.abandon();
    assertThatThrownBy(() -> write("x")).isInstanceOf(IOException.class);
  }

  @Test
  void payloadsLongerThanTheBufferAreWrittenWhole() throws Exception {
    String text = "0123456789abcde\n".repeat(600_000);
    write("a", text, "b", text);
    writer.sync();
    writer.close();
    assertThat(JournalFixture.reopened(folder)).containsExactly("a", text, "b", text);
  }

  @Test
  void onlySmallGroupsHaveRoomAllocatedAhead() throws Exception {
    write("small");
    assertThat(Files.size(Segment.path(folder, 0))).isGreaterThan(1 << 20);
    writer.sync();
    writer.roll();
    write("x".repeat(300_000));
    Path second = Segment.path(folder, writer.end() - 1);
    assertThat(Files.size(second)).isLessThan(301_000);
  }

  private void write(String... texts) throws IOException {
    write(writer, texts);
  }

  /** Writes a group that is not synced. */
  static void write(SegmentWriter writer, String... texts) throws IOException {
    List<Unsynced> group = new ArrayList<>();
    long position = writer.end();
    for (String text : texts) {
      byte[] payload = JournalFixture.bytes(text);
      JournalRecord record = new JournalRecord(position++, 1, payload);
      group.add(new Unsynced(record, Frame.checksum(ByteBuffer.wrap(payload))));
    }
    writer.write(group);
  }
}
