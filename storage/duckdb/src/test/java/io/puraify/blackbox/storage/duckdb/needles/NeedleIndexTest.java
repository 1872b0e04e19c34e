package io.puraify.blackbox.storage.duckdb.needles;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NeedleIndexTest {

  private static final int ROWS = 10 * RowRanges.VECTOR;

  /** A row in the fourth vector, and the condition for that. */
  private static final int ROW = 3 * RowRanges.VECTOR + 17;

  private static final String FOURTH = "(rowid BETWEEN 6144 AND 8191)";

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("needles");
  }

  /** A segment behind an index, in which the row at {@link #ROW} has what is looked for. */
  private NeedleIndex extended(NeedleIndex index) throws IOException {
    long first = index.rows();
    SegmentBuilder segment = new SegmentBuilder(first, ROWS);
    for (int i = 0; i < ROWS; i++) {
      segment.row(first + i, 1_000 + i);
      segment.id(first + i, Field.SPAN_ID, "span-" + (first + i));
      segment.text(first + i, "Message " + letters(i % 700) + " sent");
    }
    segment.id(first + ROW, Field.TRACE_ID, "trace-1");
    segment.text(first + ROW, "Connection to DB-7 refused");
    segment.text(first + ROW, "Refunded order 8b4394 of s_0001");
    segment.text(first + ROW, "x".repeat(50));
    assertThat(segment.isComplete()).isTrue();
    NeedleIndex extended = index.append(file, segment);
    assertThat(NeedleIndex.open(file).known()).isEqualTo(extended.known());
    return extended;
  }

  /** A word for a number. */
  private static String letters(int number) {
    return "w" + (char) ('a' + number / 26) + (char) ('a' + number % 26);
  }

  private static String found(NeedleIndex index, Filter filter) {
    RowRanges rows = index.candidates(filter, index.rows());
    return rows.isEmpty() ? "none" : rows.condition();
  }

  private static Filter in(Field field, String... values) {
    return new Filter.In(new FieldRef.Known(field), Set.of(values));
  }

  private static Filter contains(Field field, String part) {
    return new Filter.Contains(new FieldRef.Known(field), part);
  }

  @Test
  void anIdLeadsToItsVector() throws IOException {
    NeedleIndex index = extended(NeedleIndex.NONE);

    assertThat(found(index, in(Field.TRACE_ID, "trace-1"))).isEqualTo(FOURTH);
    assertThat(found(index, in(Field.SPAN_ID, "span-0", "span-" + (ROWS - 1))))
        .isEqualTo("(rowid BETWEEN 0 AND 2047 OR rowid BETWEEN 18432 AND 20479)");
    assertThat(found(index, in(Field.SPAN_ID, "trace-1"))).as("another field").isEqualTo("none");
    assertThat(found(index, in(Field.TRACE_ID))).as("no id").isEqualTo("none");
  }

  @Test
  void everyIdIsFoundAndFewThatAreNotThere() throws IOException {
    NeedleIndex index = extended(NeedleIndex.NONE);
    for (int row = 0; row < ROWS; row += 7) {
      long from = row / RowRanges.VECTOR * (long) RowRanges.VECTOR;
      assertThat(found(index, in(Field.SPAN_ID, "span-" + row))).contains("BETWEEN " + from + " ");
    }
    int wrong = 0;
    for (int i = 0; i < 10_000; i++) {
      wrong += found(index, in(Field.SPAN_ID, "other-" + i)).equals("none") ? 0 : 1;
    }
    assertThat(wrong).isLessThan(30);
  }

  @Test
  void wordsLeadToTheirVectors() throws IOException {
    NeedleIndex index = extended(NeedleIndex.NONE);

    assertThat(found(index, contains(Field.MESSAGE, "REFUSED"))).isEqualTo(FOURTH);
    assertThat(found(index, contains(Field.MESSAGE, "nection to db-7 ref"))).isEqualTo(FOURTH);
    assertThat(found(index, contains(Field.STACK_TRACE, "fuse"))).isEqualTo(FOURTH);
    assertThat(found(index, in(Field.MESSAGE, "Connection to DB-7 refused"))).isEqualTo(FOURTH);
    assertThat(found(index, new Filter.Prefix(new FieldRef.Known(Field.MESSAGE), "Connect")))
        .isEqualTo(FOURTH);
    assertThat(found(index, contains(Field.MESSAGE, "message"))).as("all").isEqualTo("TRUE");
    assertThat(found(index, contains(Field.MESSAGE, "db"))).as("too short").isEqualTo("TRUE");
    assertThat(found(index, contains(Field.ACTION, "refused"))).as("unknown").isEqualTo("TRUE");
  }

  @Test
  void partsOfIdsInTextsLeadToTheirVectors() throws IOException {
    NeedleIndex index = extended(NeedleIndex.NONE);

    assertThat(found(index, contains(Field.MESSAGE, "8B4394"))).isEqualTo(FOURTH);
    assertThat(found(index, contains(Field.MESSAGE, "b439"))).isEqualTo(FOURTH);
    assertThat(found(index, contains(Field.MESSAGE, "s_0001"))).isEqualTo(FOURTH);
    assertThat(found(index, contains(Field.MESSAGE, "439 94"))).as("too short").isEqualTo("TRUE");
  }

  @Test
  void aWordThatIsTooLongIsInTheVectorsOfSuchWords() throws IOException {
    NeedleIndex index = extended(NeedleIndex.NONE);

    assertThat(found(index, contains(Field.MESSAGE, "absentword"))).isEqualTo(FOURTH);
    assertThat(found(index, contains(Field.MESSAGE, "x".repeat(45)))).isEqualTo("TRUE");
  }

  @Test
  void filtersAreCombined() throws IOException {
    NeedleIndex index = extended(NeedleIndex.NONE);
    Filter here = in(Field.TRACE_ID, "trace-1");
    Filter last = in(Field.SPAN_ID, "span-" + (ROWS - 1));
    Filter open = new Filter.Exists(new FieldRef.Known(Field.STATUS));

    assertThat(found(index, new Filter.And(List.of(open, here)))).isEqualTo(FOURTH);
    assertThat(found(index, new Filter.And(List.of(here, last)))).isEqualTo("none");
    assertThat(found(index, new Filter.Or(List.of(here, last))))
        .isEqualTo("(rowid BETWEEN 6144 AND 8191 OR rowid BETWEEN 18432 AND 20479)");
    assertThat(found(index, new Filter.Or(List.of(here, open)))).isEqualTo("TRUE");
    assertThat(found(index, new Filter.Or(List.of()))).isEqualTo("none");
    assertThat(found(index, new Filter.Not(here))).isEqualTo("TRUE");
    assertThat(found(index, Filter.ALL)).isEqualTo("TRUE");
  }

  @Test
  void rowsBehindTheLastSegmentMayHoldAnything() throws IOException {
    NeedleIndex index = extended(extended(NeedleIndex.NONE));

    assertThat(index.rows()).isEqualTo(2L * ROWS);
    assertThat(index.candidates(in(Field.TRACE_ID, "trace-1"), 2L * ROWS + 1).condition())
        .isEqualTo(
            "(rowid BETWEEN 6144 AND 8191 OR rowid BETWEEN 26624 AND 28671"
                + " OR rowid BETWEEN 40960 AND 9223372036854775807)");
  }

  @Test
  void whatACrashLeavesOfASegmentIsOverwritten() throws IOException {
    NeedleIndex first = extended(NeedleIndex.NONE);
    byte[] whole = Files.readAllBytes(file);
    extended(first);
    byte[] both = Files.readAllBytes(file);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 20; i++) {
      int torn = random.nextInt(whole.length, both.length);
      Files.write(file, Arrays.copyOf(both, torn));

      NeedleIndex opened = NeedleIndex.open(file);
      assertThat(opened.rows()).isEqualTo(ROWS);
      assertThat(extended(opened).rows()).isEqualTo(2L * ROWS);
      assertThat(Files.readAllBytes(file)).isEqualTo(both);
    }
  }

  @Test
  void aFileWithNothingInItIsNoIndexYet() throws IOException {
    Files.createFile(file);

    assertThat(NeedleIndex.open(file).rows()).isZero();
    assertThat(extended(NeedleIndex.open(file)).rows()).isEqualTo(ROWS);
  }

  @Test
  void theRowsOfADamagedSegmentAreAllSearched() throws IOException {
    extended(extended(NeedleIndex.NONE));
    byte[] bytes = Files.readAllBytes(file);
    bytes[NeedleSegment.HEADER_BYTES + 1_000] ^= 1;
    Files.write(file, bytes);

    assertThat(found(NeedleIndex.open(file), in(Field.TRACE_ID, "trace-1")))
        .isEqualTo("(rowid BETWEEN 0 AND 20479 OR rowid BETWEEN 26624 AND 28671)");
  }

  @Test
  void anIndexThatIsNotThereRulesNothingOut() throws IOException {
    assertThat(NeedleIndex.open(file)).isSameAs(NeedleIndex.NONE);
    assertThat(NeedleIndex.NONE.candidates(in(Field.TRACE_ID, "x"), 10).condition())
        .isEqualTo("TRUE");
  }
}
