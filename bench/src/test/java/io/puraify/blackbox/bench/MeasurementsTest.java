package io.puraify.blackbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MeasurementsTest {

  private final Measurements measurements = new Measurements();

  @Test
  void theFigureIsTheMedianAndOfMemoryTheHighest() {
    for (double value : new double[] {3, 1, 2}) {
      measurements.add(Work.NDJSON, value);
      measurements.add(Work.MEMORY, value);
    }
    assertThat(measurements.figure(Work.NDJSON)).hasValue(2);
    assertThat(measurements.figure(Work.MEMORY)).hasValue(3);
    assertThat(measurements.figure(Work.DISK)).isEmpty();
    assertThat(measurements.values(Work.NDJSON)).containsExactly(3.0, 1.0, 2.0);
  }

  @Test
  void aSecondRunAddsItsValuesAndOnlyNewNotes() {
    measurements.add(Work.DISK, 50);
    measurements.note("a note");
    Measurements second = new Measurements();
    second.add(Work.DISK, 51);
    second.note("a note");
    second.note("another");
    measurements.addAll(second);
    assertThat(measurements.values(Work.DISK)).containsExactly(50.0, 51.0);
    assertThat(measurements.notes()).containsExactly("a note", "another");
  }
}
