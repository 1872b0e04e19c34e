package io.puraify.blackbox.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 0.00",
        "0.128 | 0.13",
        "9.994 | 9.99",
        "9.996 | 10.0",
        "57.25 | 57.3",
        "99.94 | 99.9",
        "99.96 | 100",
        "203471.6 | 203,472"
      })
  void aMeasuredValueHasThreeDigitsOrMore(double value, String text) {
    assertThat(Figures.text(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"200000 | 200,000", "0.5 | 0.5", "1 | 1"})
  void aChosenNumberHasNoNeedlessDigits(double value, String text) {
    assertThat(Figures.plain(value)).isEqualTo(text);
  }

  @Test
  void theMedianIsInTheMiddleOfTheSortedValues() {
    assertThat(Figures.median(List.of(9.0, 1.0, 2.0))).isEqualTo(2);
    assertThat(Figures.median(List.of(9.0, 1.0, 2.0, 4.0))).isEqualTo(3);
    assertThatThrownBy(() -> Figures.median(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
