package io.puraify.blackbox.storage.duckdb.needles;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordPatternTest {

  private static final String LETTERS = "aAiI-7\u0130\u0131";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Connection to db refused | connection^ ^refused
          time                     | time
          "time"                   | ^time^
          timeout of               | timeout^
          -timeout-                | ^timeout^
          a to z                   |
          dİsk full                | disk^ ^full
          no. 12, Room_4b          | ^room^
          """)
  void theWordsInsideOfATextAreWholeAndThoseAtItsEndsMayGoOn(String text, String patterns) {
    List<String> told =
        WordPattern.of(text, false, false).stream()
            .map(word -> (word.start() ? "^" : "") + word.letters() + (word.end() ? "^" : ""))
            .toList();
    assertThat(String.join(" ", told)).isEqualTo(patterns == null ? "" : patterns);
  }

  @Test
  void ofRunsWithDigitsEveryFourCharactersCount() {
    assertThat(WordPattern.of("8B4394", false, false))
        .hasSize(3)
        .isEqualTo(WordPattern.of("8b4394", false, false))
        .doesNotHaveDuplicates()
        .allSatisfy(word -> assertThat(word.letters()).matches("[0-O]{3}"));
    assertThat(WordPattern.of("id=x8b4394;", false, false))
        .containsAll(WordPattern.of("8b4394", false, false));
    assertThat(WordPattern.of("b43 9", false, false)).isEmpty();
  }

  @Test
  void whateverContainsATextHasItsWords() {
    SplittableRandom random = new SplittableRandom(5);
    int contained = 0;
    for (int i = 0; i < 100_000; i++) {
      String text = text(random, 24);
      String part = text(random, 1 + random.nextInt(7));
      int flags = Pattern.LITERAL | Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
      if (Pattern.compile(part, flags).matcher(text).find()) {
        contained++;
        List<MemorySegment> words = words(text);
        assertThat(WordPattern.of(part, false, false))
            .as("'%s' in '%s'", part, text)
            .allMatch(pattern -> words.stream().anyMatch(word -> isLike(pattern, word)));
      }
    }
    assertThat(contained).isGreaterThan(10_000);
  }

  private static String text(SplittableRandom random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }

  private static List<MemorySegment> words(String text) {
    List<MemorySegment> words = new ArrayList<>();
    for (WordPattern word : WordPattern.of(text, true, true)) {
      words.add(MemorySegment.ofArray(word.letters().getBytes(StandardCharsets.US_ASCII)));
    }
    return words;
  }

  private static boolean isLike(WordPattern pattern, MemorySegment word) {
    return pattern.matches(word, 0, (int) word.byteSize());
  }
}
