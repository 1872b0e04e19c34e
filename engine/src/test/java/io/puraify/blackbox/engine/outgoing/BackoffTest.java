package io.puraify.blackbox.engine.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.engine.outgoing.Answer.Outcome;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

  private static final Random RANDOM = new Random(7);

  @ParameterizedTest
  @CsvSource({"0, 1000", "1, 1000", "999, 1000", "1000, 1000", "90000, 90000"})
  void theOtherSideSaysHowLongButNeverLessThanASecond(long asked, long waited) {
    Answer answer = new Answer(Outcome.RETRY, "503", Duration.ofMillis(asked));
    assertThat(Backoff.after(9, answer, RANDOM)).isEqualTo(Duration.ofMillis(waited));
  }

  @Test
  void withoutAWordItIsTwiceAsLongEachTimeUpToFiveMinutes() {
    for (int attempts = 1; attempts < 70; attempts++) {
      Duration most = Duration.ofSeconds(Math.min(300, 1L << Math.min(attempts - 1, 20)));
      assertThat(Backoff.after(attempts, Answer.retry("503"), RANDOM))
          .isBetween(most.dividedBy(2), most);
    }
  }
}
