package io.puraify.blackbox.engine.deployments;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.core.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeenVersionsTest {

  private static final long HOUR = 3_600_000_000L;

  /** The versions of each hour, behind spaces; {@code v+10} is first seen ten minutes into it. */
  private static List<String> arrivals(String hours) {
    List<Table.Row> rows = new ArrayList<>();
    List<String> each = List.of(hours.split("\\|", -1));
    for (int hour = 0; hour < each.size(); hour++) {
      for (String version : each.get(hour).trim().split(" +", -1)) {
        if (!version.isEmpty()) {
          String[] parts = version.split("\\+", -1);
          double minutes = parts.length == 1 ? 0 : Double.parseDouble(parts[1]);
          rows.add(
              new Table.Row(
                  List.of("vault", parts[0]),
                  hour * HOUR,
                  1,
                  List.of((double) hour * HOUR + minutes * 60_000_000)));
        }
      }
    }
    return SeenVersions.of(new Table(rows, List.of(), rows.size(), Set.of())).stream()
        .map(seen -> seen.version() + "@" + (double) seen.micros() / HOUR)
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "1 | 1 | 1, ''",
    "1 | 1 2+30 | 2, 2@1.5",
    // Both were there when recording began; the third was not.
    "1 2+1 3+30 | 1, 3@0.5",
    // It comes back after another one has come.
    "1 | 2 | 2 | 1+15, '2@1.0,1@3.25'",
    // Rarely used, and not deployed anew each time.
    "1 | 1 2 | 1 | 1 2 | 1 | 2, 2@1.0",
    // Silence of all says nothing.
    "1 | | | 1 | 2, 2@4.0",
  })
  void versionsArrive(String hours, String expected) {
    assertThat(String.join(",", arrivals(hours))).isEqualTo(expected);
  }

  @Test
  void anIdSaysAllOfIt() {
    SeenVersion odd = new SeenVersion("a~b/c", "1.0 +é~", 1_700_000_000_000_000L);
    assertThat(SeenVersion.parse(odd.id())).contains(odd);
    assertThat(SeenVersion.parse("deployment-1")).isEmpty();
    assertThat(SeenVersion.parse("seen~a~b~x")).isEmpty();
    assertThat(SeenVersion.parse("seen~%~b~1")).isEmpty();
  }
}
