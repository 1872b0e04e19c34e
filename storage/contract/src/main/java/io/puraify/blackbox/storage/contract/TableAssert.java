package io.puraify.blackbox.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.core.Aggregation;
import io.puraify.blackbox.core.Measure;
import io.puraify.blackbox.core.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares what a store answers with what is exact. */
record TableAssert(Table answered, String description) {

  /** Two sums of the same numbers in another order differ by less. */
  private static final double ROUNDING = 1e-9;

  private static final double PERCENTILE = 0.01;
  private static final double DISTINCT = 0.05;

  void isAsGoodAs(Table exact, Aggregation aggregation) {
    assertThat(answered.series()).as(description).isEqualTo(exact.series());
    compare(answered.rows(), exact.rows(), aggregation.measures());
    compare(answered.other(), exact.other(), aggregation.measures());
  }

  private void compare(List<Table.Row> rows, List<Table.Row> exact, List<Measure> measures) {
    assertThat(rows).as(description).extracting(Table.Row::group).isEqualTo(groups(exact));
    for (int row = 0; row < rows.size(); row++) {
      assertThat(rows.get(row).bucket()).as(description).isEqualTo(exact.get(row).bucket());
      assertThat(rows.get(row).count()).as(description).isEqualTo(exact.get(row).count());
      for (int i = 0; i < measures.size(); i++) {
        compare(
            measures.get(i), rows.get(row).values().get(i), exact.get(row).values().get(i), row);
      }
    }
  }

  private static List<List<@Nullable String>> groups(List<Table.Row> rows) {
    return rows.stream().map(Table.Row::group).toList();
  }

  private void compare(Measure measure, @Nullable Double value, @Nullable Double exact, int row) {
    if (value == null || exact == null) {
      assertThat(value).as("%s of row %d, %s", measure.name(), row, description).isEqualTo(exact);
      return;
    }
    double tolerance = tolerance(measure, exact);
    assertThat(Math.abs(value - exact))
        .as("%s of row %d is %s, %s; %s", measure.name(), row, value, exact, description)
        .isLessThanOrEqualTo(tolerance);
  }

  private double tolerance(Measure measure, double exact) {
    if (!answered.approximate().contains(measure)) {
      return Math.abs(exact) * ROUNDING;
    }
    return measure instanceof Measure.Distinct
        ? Math.max(1, exact * DISTINCT)
        : Math.abs(exact) * (PERCENTILE + ROUNDING);
  }
}
