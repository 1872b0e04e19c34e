package io.puraify.blackbox.server.cli.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlicesTest {

  @TempDir private Path folder;

  private static List<Slice> all(SliceSource source) throws IOException {
    try (source) {
      List<Slice> slices = new ArrayList<>();
      for (Slice slice = source.next(); slice != null; slice = source.next()) {
        slices.add(slice);
      }
      return slices;
    }
  }

  private static InputBytes bytes(String text) throws IOException {
    return InputBytes.of("events", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private FileSlices fileSlices(String text, int sliceBytes) throws IOException {
    return new FileSlices(Files.writeString(folder.resolve("events"), text), sliceBytes);
  }

  private static String body(Slice slice) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    slice.writeTo(Channels.newChannel(out));
    String body = out.toString(StandardCharsets.UTF_8);
    assertThat(out.size()).isEqualTo((int) slice.length());
    assertThat(slice.events()).isEqualTo(body.lines().filter(line -> !line.isBlank()).count());
    return body;
  }

  /** The lines of all events, as the slices tell them. */
  private static List<Long> lines(List<Slice> slices) throws IOException {
    List<Long> lines = new ArrayList<>();
    for (Slice slice : slices) {
      for (long index = 0; index < slice.events(); index++) {
        lines.add(slice.line(index));
      }
    }
    return lines;
  }

  /** Lines of random lengths, some of them blank, with or without an end of the last. */
  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int lines = random.nextInt(60);
    for (int i = 0; i < lines; i++) {
      text.append(random.nextInt(4) == 0 ? " " : "é" + "x".repeat(random.nextInt(60)));
      text.append(random.nextInt(9) == 0 ? "\r\n" : "\n");
    }
    return text + (random.nextBoolean() ? "the end" : "");
  }

  private static List<Long> linesOf(String text) {
    List<Long> expected = new ArrayList<>();
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      if (!lines[i].isBlank()) {
        expected.add(i + 1L);
      }
    }
    return expected;
  }

  @RepeatedTest(60)
  void wholeLinesAreCutAndFoundAgain(RepetitionInfo repetition) throws IOException {
    Random random = new Random(repetition.getCurrentRepetition());
    String text = text(random);
    int sliceBytes = 1 + random.nextInt(300);
    List<List<Slice>> both =
        List.of(all(fileSlices(text, sliceBytes)), all(new LineSlices(bytes(text), sliceBytes)));
    for (List<Slice> slices : both) {
      StringBuilder joined = new StringBuilder();
      for (Slice slice : slices) {
        assertThat(slice.length()).isPositive();
        joined.append(body(slice));
        assertThat(joined.length() == text.length() || joined.toString().endsWith("\n")).isTrue();
      }
      assertThat(joined).hasToString(text);
      assertThat(lines(slices)).isEqualTo(linesOf(text));
    }
  }

  @Test
  void aLineThatIsLongerThanASliceStaysWhole() throws IOException {
    String text = "a\n" + "b".repeat(10_000) + "\nc\n" + "d\n".repeat(10_000);
    List<Slice> slices = all(new LineSlices(bytes(text), 16));
    assertThat(body(slices.get(1))).startsWith("b".repeat(10_000) + "\nc\n");
    assertThat(slices.get(1).line(1)).isEqualTo(3);
    assertThat(slices.getLast().length()).as("the slices are small again").isLessThan(20);
  }

  @Test
  void aFileThatHasBecomeShorterIsNamed() throws IOException {
    Slice slice = all(fileSlices("a\nb\nc\n", 100)).getFirst();
    Files.writeString(folder.resolve("events"), "a\n");
    assertThatThrownBy(() -> body(slice))
        .hasMessageContaining("events: it has become shorter while it was sent");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                  | ''                     | ''
          []                                  | ''                     | ''
          ' ~ [ ] ~ '                         | ''                     | ''
          [{"a":1},{"b":[2]}]                 | {"a":1};{"b":[2]}      | 1 1
          '[~{"a":~1},~~{"b":"}]~\\""}~]~'    | {"a": 1};{"b":"}] \\""} | 2 5
          {"a":1}                             | {"a":1}                | 1
          '{"a":~~1}~{"b":2} {"c":3}'         | {"a":  1};{"b":2};{"c":3} | 1 4 4
          [1,"x",true , null]                 | 1;"x";true;null        | 1 1 1 1
          1~oops}x~~2                         | 1;oops}x;2             | 1 2 4
          """)
  void jsonIsPutIntoLines(String text, String bodies, String lines) throws IOException {
    for (int sliceBytes : new int[] {1, 5, 1_000}) {
      List<Slice> slices = all(new JsonSlices(bytes(text.replace('~', '\n')), sliceBytes));
      StringBuilder joined = new StringBuilder();
      for (Slice slice : slices) {
        joined.append(body(slice).replace("\n", ";"));
      }
      assertThat(joined.toString().replaceFirst(";$", "")).isEqualTo(bodies);
      assertThat(lines(slices).toString().replaceAll("[\\[\\],]", "")).isEqualTo(lines);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '[{}~{}]'   | events:2: found '{' where ',' or ']' was expected
          '[{},~]'    | events:2: found ']' where a value was expected
          '[,{}]'     | events:1: found ',' where a value was expected
          '[{}'       | events:1: found the end of the input where ',' or ']' was expected
          '['         | events:1: found the end of the input where a value was expected
          '[{}]~[{}]' | events:2: found '[' where the end of the input behind the array was expected
          '~{"a":~'   | events:2: the value that begins here does not end
          '~"a\\"'    | events:2: the value that begins here does not end
          """)
  void jsonThatIsBrokenIsSaidWithItsLine(String text, String message) {
    assertThatThrownBy(() -> all(new JsonSlices(bytes(text.replace('~', '\n')), 100)))
        .isInstanceOf(IOException.class)
        .hasMessage(message);
  }
}
