package io.puraify.blackbox.server.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.server.cli.output.Column.Kind;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableLayoutTest {

  private static final List<Column> COLUMNS =
      List.of(
          column("time", Kind.TIME),
          column("id", Kind.ID),
          column("engine", Kind.LABEL),
          column("action", Kind.LABEL),
          column("n", Kind.NUMBER),
          column("message", Kind.PROSE));

  private static final Map<String, Integer> WANTED =
      Map.of("time", 20, "id", 36, "engine", 10, "action", 24, "n", 5, "message", 300);

  private static Column column(String name, Kind kind) {
    return new Column(name, kind, row -> "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0   | time 20, id 36, engine 10, action 24, n 5, message 300
          500 | time 20, id 36, engine 10, action 24, n 5, message 300
          150 | time 20, id 36, engine 10, action 24, n 5, message 45
          120 | time 20, id 36, engine 10, action 19, n 5, message 20
          110 | time 20, id 36, engine 9, action 9, n 5, message 20
          100 | time 20, id 27, engine 9, action 9, n 5, message 20
          82  | time 20, id 9, engine 9, action 9, n 5, message 20
          70  | time 20, engine 10, action 14, message 20
          60  | time 20, action 16, message 20
          40  | time 20, message 20
          """)
  void theLineFitsByCuttingFirstWhatHurtsLeast(int lineWidth, String layout) {
    assertThat(
            TableLayout.of(
                    COLUMNS,
                    column -> WANTED.getOrDefault(column.name(), 0),
                    lineWidth,
                    List.of("id", "n", "engine", "action", "none"))
                .stream()
                .map(placed -> placed.column().name() + " " + placed.width())
                .collect(Collectors.joining(", ")))
        .isEqualTo(layout);
  }
}
