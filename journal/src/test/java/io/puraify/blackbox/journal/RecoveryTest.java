package io.puraify.blackbox.journal;

import static io.puraify.blackbox.journal.JournalFixture.append;
import static io.puraify.blackbox.journal.JournalFixture.bytes;
import static io.puraify.blackbox.journal.JournalFixture.open;
import static io.puraify.blackbox.journal.JournalFixture.reopened;
import static io.puraify.blackbox.journal.JournalFixture.segments;
import static io.puraify.blackbox.journal.JournalFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a start makes of files that are not as the last run wrote them. */
class RecoveryTest {

  private static final String[] THREE = {"first", "second", "third"};
  private static final String REMEDY =
      "Restore the file from a copy. Without one, move it and all ";

  @TempDir Path folder;

  @Test
  void aFileCutAnywhereInItsLastRecordLosesThatRecordAlone() throws Exception {
    Path file = write(THREE);
    byte[] whole = Files.readAllBytes(file);
    int last = whole.length - Frame.HEADER_BYTES - "third".length();
    for (int length = last; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThat(reopened(folder)).as("cut at %d", length).containsExactly("first", "second");
      assertThat(Files.size(file)).isEqualTo(last);
    }
  }

  @Test
  void aFileCutInItsHeaderIsEmptyAndGoesOn() throws Exception {
    Path file = write(THREE);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < Segment.HEADER_BYTES; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      try (Journal journal = open(folder)) {
        assertThat(journal.end()).as("cut at %d", length).isEqualTo(0);
        append(journal, "new");
      }
      assertThat(reopened(folder)).containsExactly("new");
    }
  }

  /** As a file system leaves it that had written down the length and not yet the bytes. */
  @Test
  void zerosWhereTheLastRecordShouldBeAreCutOff() throws Exception {
    Path file = write(THREE);
    byte[] whole = Files.readAllBytes(file);
    for (int good = Segment.HEADER_BYTES; good < whole.length; good += 3) {
      byte[] zeroed = Arrays.copyOf(Arrays.copyOf(whole, good), whole.length + 5_000);
      Files.write(file, zeroed);
      int from = good;
      List<String> left = reopened(folder);
      assertThat(left).as("zeros from %d", from).isSubsetOf(THREE).startsWith(firstOf(left));
      assertThat(Files.size(file)).isLessThanOrEqualTo(good);
    }
  }

  @Test
  void roomBehindTheLastRecordIsUsedByTheNextRunAndGivenBackAtTheEnd() throws Exception {
    Path file = write(THREE);
    byte[] whole = Files.readAllBytes(file);
    int room = 1 << 20;
    Files.write(file, Arrays.copyOf(whole, whole.length + room));
    try (Journal journal = open(folder)) {
      assertThat(journal.bytes()).isEqualTo(whole.length);
      append(journal, "fourth");
      assertThat(Files.size(file)).isEqualTo(whole.length + room);
    }
    assertThat(Files.size(file)).isEqualTo(whole.length + Frame.HEADER_BYTES + "fourth".length());
    assertThat(reopened(folder)).containsExactly("first", "second", "third", "fourth");
  }

  private static String[] firstOf(List<String> left) {
    return Arrays.copyOf(THREE, left.size());
  }

  /** Every damage is refused, except in the last record, where it may be a torn write. */
  @Test
  void noFlippedByteGoesUnnoticed() throws Exception {
    Path file = write(THREE);
    byte[] whole = Files.readAllBytes(file);
    int second = Segment.HEADER_BYTES + Frame.HEADER_BYTES + "first".length();
    int third = second + Frame.HEADER_BYTES + "second".length();
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) (1 << at % 8);
      Files.write(file, damaged);
      if (at < third) {
        int place = at < Segment.HEADER_BYTES ? 0 : at < second ? Segment.HEADER_BYTES : second;
        assertThatThrownBy(() -> open(folder))
            .as("flipped at %d", at)
            .isInstanceOf(JournalException.class)
            .hasMessageStartingWith(file + " is damaged at offset " + place + ": ")
            .hasMessageContaining(REMEDY);
        assertThat(file).as("untouched").hasBinaryContent(damaged);
      } else {
        assertThat(reopened(folder)).as("flipped at %d", at).containsExactly("first", "second");
      }
    }
  }

  @Test
  void inAnOlderSegmentTheLastRecordIsNoExcuseEither() throws Exception {
    write("a");
    try (Journal journal = open(JournalOptions.in(folder).withSegmentBytes(30))) {
      append(journal, "b", "c");
    }
    Path file = segments(folder).getFirst();
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      Files.write(file, damaged);
      assertThatThrownBy(() -> open(folder)).as("flipped at %d", at).hasMessageContaining(REMEDY);
      Files.write(file, Arrays.copyOf(whole, at));
      assertThatThrownBy(() -> open(folder))
          .as("cut at %d", at)
          .isInstanceOf(JournalException.class)
          .hasMessageContaining(file.toString());
    }
  }

  /** What a power failure may leave of a group: its later records without the earlier ones. */
  @Test
  void aGroupOfWhichOnlyAPartReachedTheDiskIsCutOffWhole() throws Exception {
    Path file;
    try (SegmentWriter writer =
        new SegmentWriter(JournalOptions.in(folder), null, 0, segment -> {})) {
      SegmentWriterTest.write(writer, "synced");
      writer.sync();
      SegmentWriterTest.write(writer, "lost", "there", "there, too");
      file = segments(folder).getFirst();
    }
    byte[] whole = Files.readAllBytes(file);
    int lost = Segment.HEADER_BYTES + Frame.HEADER_BYTES + "synced".length();
    Arrays.fill(whole, lost, lost + Frame.HEADER_BYTES + 4, (byte) 0);
    Files.write(file, whole);
    assertThat(reopened(folder)).containsExactly("synced");
  }

  /** What a failed sync leaves where the file cannot be cut, before a new segment is begun. */
  @Test
  void bytesOfAFailedGroupDoNotComeBack() throws Exception {
    write("a");
    try (Journal journal = open(JournalOptions.in(folder).withSegmentBytes(30))) {
      append(journal, "b", "c");
    }
    Path first = segments(folder).getFirst();
    byte[] payload = bytes("never acknowledged");
    ByteBuffer frame =
        ByteBuffer.allocate(Frame.HEADER_BYTES).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    new Frame(payload.length, 1, 1, 20, Frame.checksum(ByteBuffer.wrap(payload))).put(frame);
    long before = Files.size(first);
    Files.write(first, frame.array(), java.nio.file.StandardOpenOption.APPEND);
    Files.write(first, payload, java.nio.file.StandardOpenOption.APPEND);

    assertThat(reopened(folder)).containsExactly("a", "b", "c");
    assertThat(Files.size(first)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aMissingSegmentIsNamed(int missing) throws Exception {
    Path gone = fourSegments().get(missing);
    Files.delete(gone);
    assertThatThrownBy(() -> open(folder))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("a file is missing from the journal")
        .hasMessageContaining(
            "ends at position %d, and the next begins at %d".formatted(missing, missing + 1))
        .hasMessageContaining("Restore the missing file from a copy");
  }

  @Test
  void missingSegmentsAtTheStartWereTrimmed() throws Exception {
    List<Path> files = fourSegments();
    Files.delete(files.get(0));
    Files.delete(files.get(1));
    try (Journal journal = open(folder)) {
      assertThat(journal.firstPosition()).isEqualTo(2);
      assertThat(texts(journal)).containsExactly("r2", "r3");
    }
  }

  /** The remedy of the message. */
  @Test
  void aDamagedFileMayBeMovedAwayWithAllOlderOrAllNewerOnes() throws Exception {
    List<Path> files = fourSegments();
    Files.write(files.get(1), new byte[] {1, 2, 3});
    assertThatThrownBy(() -> open(folder))
        .hasMessageContaining("all older files out of the folder where the stores have already")
        .hasMessageContaining("all newer files where they have not");

    Path away = Files.createDirectory(folder.resolve("away"));
    for (Path file : files.subList(1, 4)) {
      Files.move(file, away.resolve(file.getFileName()));
    }
    assertThat(reopened(folder)).containsExactly("r0");
    for (Path file : files.subList(2, 4)) {
      Files.move(away.resolve(file.getFileName()), file);
    }
    Files.move(files.get(0), away.resolve("0"));
    assertThat(reopened(folder)).containsExactly("r2", "r3");
  }

  @Test
  void aRenamedFileIsRefusedAndNotEmptied() throws Exception {
    Path file = write(THREE);
    Path renamed = Segment.path(folder, 500);
    Files.move(file, renamed);
    assertThatThrownBy(() -> open(folder))
        .hasMessageContaining("its header is damaged, or the file was renamed");
    assertThat(Files.size(renamed)).isGreaterThan(100);
  }

  /** Such as one that another version has written. */
  @Test
  void aFileThatIsNoSegmentIsRefusedAndNotEmptied() throws Exception {
    Path file = write(THREE);
    Files.writeString(file, "a text that was copied over it");
    assertThatThrownBy(() -> open(folder)).hasMessageContaining("its header is damaged");
    assertThat(file).hasContent("a text that was copied over it");
  }

  @Test
  void otherFilesAreLeftAlone() throws Exception {
    write(THREE);
    for (String name : new String[] {"notes.txt", "1.seg", "99999999999999999999.seg", "x.seg"}) {
      Files.writeString(folder.resolve(name), "?");
    }
    assertThat(reopened(folder)).containsExactly(THREE);
    assertThat(folder.resolve("99999999999999999999.seg")).hasContent("?");
  }

  @Test
  void aFolderThatCannotBeUsedIsNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> open(file.resolve("journal")))
        .isInstanceOf(JournalException.class)
        .hasMessageStartingWith("cannot open the journal in " + file.resolve("journal"));
  }

  private List<Path> fourSegments() throws IOException {
    try (Journal journal = open(JournalOptions.in(folder).withSegmentBytes(1))) {
      append(journal, "r0", "r1", "r2", "r3");
    }
    assertThat(segments(folder)).hasSize(4);
    return segments(folder);
  }

  /** A journal of one segment, each record in a group of its own. */
  private Path write(String... texts) throws IOException {
    try (Journal journal = open(folder)) {
      append(journal, texts);
    }
    return segments(folder).getFirst();
  }
}
