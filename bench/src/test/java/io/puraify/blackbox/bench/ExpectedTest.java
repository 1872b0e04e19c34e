package io.puraify.blackbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpectedTest {

  @TempDir private Path folder;

  @Test
  void theFileSaysWhatTheAnswersMustHave() throws IOException {
    Path file = folder.resolve("events.ndjson");
    Files.writeString(
        file,
        """
        {"status":"success","message":"Charge a1 captured","retries":1,"user_id":"u_1"}
        {"status":"error","error_type":"of_A1","message":"no","user_id":"u_1","tags":{"a1":["a1"]}}
        {"status":"error","message":"no","stack_trace":"at A1B.run\\nat a1","user_id":"u_2"}
        {"status":"error","message":"ends with a","error_type":"1","user_id":"u_1","trace_id":"a1"}
        {"status":"error","message":"a1","user_id":"u_1"}
        """);
    Samples samples = samples("A1", "CAPTURED", "NOT THERE");
    assertThat(Expected.of(file, 4, samples)).isEqualTo(new Expected(4, 3, List.of(3L, 1L, 0L)));
    assertThat(Expected.of(file, 9, samples)).isEqualTo(new Expected(5, 4, List.of(4L, 1L, 0L)));
  }

  @Test
  void onlyTheTenUsersWithTheMostErrorsCount() throws IOException {
    Path file = folder.resolve("events.ndjson");
    StringBuilder lines = new StringBuilder();
    for (int user = 1; user <= 12; user++) {
      String error = "{\"status\":\"error\",\"message\":\"no\",\"user_id\":\"u_" + user + "\"}\n";
      lines.append(error.repeat(user));
    }
    Files.writeString(file, lines);
    long ofTen = 12 + 11 + 10 + 9 + 8 + 7 + 6 + 5 + 4 + 3;
    assertThat(Expected.of(file, 1_000, samples("A1")).topUsersErrors()).isEqualTo(ofTen);
  }

  @Test
  void everyWordHasItsOwnNumberOfEvents() {
    Expected expected = new Expected(100, 30, List.of(2L, 3L));
    assertThat(expected.isMetBy(3, Question.RARE_WORD, 1)).isTrue();
    assertThat(expected.isMetBy(3, Question.RARE_WORD, 2)).isFalse();
    assertThat(expected.isMetBy(2, Question.RARE_WORD, 2)).isTrue();
  }

  @Test
  void aSearchHasToFindSomethingAndForAMissingTraceNothing() {
    Expected expected = new Expected(100, 30, List.of(2L));
    assertThat(expected.isMetBy(7, Question.SESSION, 0)).isTrue();
    assertThat(expected.isMetBy(0, Question.SESSION, 0)).isFalse();
    assertThat(expected.isMetBy(1, Question.MISSING_TRACE, 0)).isFalse();
    assertThat(expected.isMetBy(0, Question.MISSING_TRACE, 0)).isTrue();
  }

  @Test
  void aPeerThatIsGivenFewerEventsMustHaveFewer() throws IOException {
    Path file = folder.resolve("events.ndjson");
    Files.writeString(
        file, "{\"status\":\"error\",\"message\":\"a1\",\"user_id\":\"u_1\"}\n".repeat(5));
    Peer.Task task = Peer.Task.of(file, 5, samples("A1"));
    assertThat(task.first(2).count()).isEqualTo(2);
    assertThat(task.first(2).expected()).isEqualTo(new Expected(2, 2, List.of(2L)));
    assertThat(task.first(6)).isSameAs(task);
  }

  private static Samples samples(String... words) {
    return new Samples(
        Stream.of(words).map(word -> new Samples.Sample("pf_1", "s_2", "00", word)).toList());
  }
}
