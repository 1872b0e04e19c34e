package io.puraify.blackbox.engine.errors;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Severity;
import io.puraify.blackbox.engine.errors.Lifecycle.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupRulesTest {

  private static final long NOW = 100 * Micros.PER_DAY;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "low    | 0   | 0  | ONGOING    | false | low      | its errors are low",
        "low    | 99  | 49 | ONGOING    | false | low      | its errors are low",
        "low    | 100 | 0  | ONGOING    | false | medium   | its errors are low; 100 errors in the last hour",
        "low    | 0   | 50 | ONGOING    | false | medium   | its errors are low; 50 users",
        "low    | 0   | 20 | NEW        | true  | medium   | its errors are low; 20 users within its first day",
        "low    | 9   | 19 | NEW        | true  | low      | its errors are low",
        "low    | 10  | 0  | NEW        | true  | medium   | its errors are low; new, with 10 errors in the last hour",
        "low    | 10  | 0  | NEW        | false | low      | its errors are low",
        "low    | 10  | 0  | REGRESSED  | false | medium   | its errors are low; regressed, with 10 errors in the last hour",
        "low    | 9   | 0  | ESCALATING | false | low      | its errors are low",
        "low    | 100 | 50 | ESCALATING | false | high     | its errors are low; 100 errors in the last hour; 50 users; escalating, with 100 errors in the last hour",
        "high   | 100 | 50 | RESOLVED   | false | critical | its errors are high; 100 errors in the last hour; 50 users",
      })
  void severityRisesWithRateUsersAndNovelty(
      String reported,
      long hour,
      long users,
      GroupState state,
      boolean young,
      String severity,
      String reason) {
    Severity base = Severity.valueOf(reported.toUpperCase(java.util.Locale.ROOT));
    SeverityRule rule = SeverityRule.of(new SeverityRule.Facts(base, hour, users, state, young));

    assertThat(rule.severity().jsonName()).isEqualTo(severity);
    assertThat(rule.reason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "1.10, 1.9, true",
    "1.9, 1.10, false",
    "1.9, 1.9, false",
    "v2, 1.9, true",
    "2.0.0, 2.0.0-rc.1, true",
    "2.0.0-rc.2, 2.0.0-rc.10, false",
    "1.2.0, 1.2, false",
    "1.2+7, 1.2+3, false",
    "'', 1.2, false",
    "2026.03.01, 2025.12.31, true",
  })
  void versionsHaveAnOrder(String version, String than, boolean newer) {
    assertThat(Versions.newer(version, than)).isEqualTo(newer);
  }

  @Test
  void anArchivedGroupComesBackWhenItIsTime() {
    Lifecycle open = Lifecycle.created(NOW - 30 * Micros.PER_DAY);

    assertThat(open.at(NOW)).isEqualTo(GroupState.ONGOING);
    assertThat(open.archived(Until.TIME, NOW + 1).at(NOW)).isEqualTo(GroupState.ARCHIVED);
    assertThat(open.archived(Until.TIME, NOW).at(NOW)).isEqualTo(GroupState.ONGOING);
    assertThat(open.archived(Until.COUNT, 5).seen(NOW, "", 4, 0, true).at(NOW))
        .isEqualTo(GroupState.ARCHIVED);
    assertThat(open.archived(Until.COUNT, 5).seen(NOW, "", 5, 0, false).at(NOW))
        .isEqualTo(GroupState.ONGOING);
    assertThat(open.archived(Until.USERS, 5).seen(NOW, "", 9, 5, false).at(NOW))
        .isEqualTo(GroupState.ONGOING);
    assertThat(open.archived(Until.ESCALATES, 0).seen(NOW, "", 9, 9, true).at(NOW))
        .isEqualTo(GroupState.ESCALATING);
  }

  @Test
  void aGroupIsNewForAWeekAndEscalatingForADay() {
    Lifecycle fresh = Lifecycle.created(NOW);

    assertThat(fresh.at(NOW + Lifecycle.NEW_MICROS - 1)).isEqualTo(GroupState.NEW);
    assertThat(fresh.at(NOW + Lifecycle.NEW_MICROS)).isEqualTo(GroupState.ONGOING);
    Lifecycle escalated = fresh.seen(NOW, "", 1, 1, true);
    assertThat(escalated.at(NOW + Micros.PER_DAY - 1)).isEqualTo(GroupState.ESCALATING);
    assertThat(escalated.at(NOW + Micros.PER_DAY)).isEqualTo(GroupState.NEW);
  }

  @Test
  void theForecastComesFromTheHoursBefore() {
    Trend trend = new Trend();
    long first = NOW - 48 * Trend.HOUR;
    for (int hour = 0; hour < 48; hour++) {
      for (int i = 0; i < 30; i++) {
        trend.add(first + hour * Trend.HOUR);
      }
    }

    assertThat(Forecast.of(trend, first, NOW)).isEqualTo(60);
    assertThat(Forecast.of(trend, NOW - 23 * Trend.HOUR, NOW)).isEqualTo(Long.MAX_VALUE);
    assertThat(Forecast.of(new Trend(), first, NOW)).isEqualTo(Forecast.LEAST);
  }
}
