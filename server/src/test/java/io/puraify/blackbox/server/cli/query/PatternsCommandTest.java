package io.puraify.blackbox.server.cli.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class PatternsCommandTest {

  private static final String TWO =
      """
      {"step":"1h","matching":2000000,"looked_at":100000,"sampled":true,"total_patterns":9,
       "patterns":[
        {"pattern_id":"04f5","pattern":"sent <size> to <ip>","count":90000,"share":0.9,
         "first_seen":"2025-07-25T10:00:00Z","last_seen":"2025-07-25T12:00:00Z",
         "example":{"event_id":"e-1","message":"sent 7 bytes to 10.0.0.1"},"counts":[1,4,0,8]},
        {"pattern_id":"0a","pattern":"out of memory","count":1000,"share":0.01,
         "first_seen":"2025-07-25T10:00:00Z","last_seen":"2025-07-25T11:00:00Z",
         "example":{"event_id":"e-2","message":"out of memory"},"counts":[1000]}],
       "other":{"patterns":7,"count":9000,"share":0.09,"counts":[0,9000]}}\
      """;

  private CommandFixture patterns;

  @BeforeEach
  void start() throws IOException {
    patterns = new CommandFixture(PatternsCommand::new, TWO);
  }

  @AfterEach
  void stop() {
    patterns.close();
  }

  @Test
  void aTableShowsEachShapeWithItsTrendAndTheOthersLast() {
    patterns.shell.withTerminal(80);
    assertThat(
            patterns.run(
                "status:error",
                "--since",
                "1h",
                "--limit",
                "2",
                "--step",
                "1h",
                "--color",
                "never"))
        .isZero();
    assertThat(patterns.target())
        .isEqualTo("/monitoring/logs/patterns?q=status%3Aerror&since=1h&limit=2&step=1h");
    assertThat(patterns.shell.out())
        .isEqualTo(
            """
             count    share  trend  last_seen             pattern
            90,000  90.00 %  ▁▄ █   2025-07-25T12:00:00Z  sent <size> to <ip>
             1,000   1.00 %  █      2025-07-25T11:00:00Z  out of memory
             9,000   9.00 %   █                           (7 others)
            """);
    assertThat(patterns.shell.err())
        .isEqualTo("counted in 100,000 of 2,000,000 events, spread evenly over all of them\n");
  }

  @Test
  void csvHasThePatternsWithTheirExamples() {
    assertThat(patterns.run("-o", "csv")).isZero();
    assertThat(patterns.shell.out())
        .isEqualTo(
            """
            pattern_id,pattern,count,share,first_seen,last_seen,example_event_id,example
            04f5,sent <size> to <ip>,90000,0.9,2025-07-25T10:00:00Z,2025-07-25T12:00:00Z,e-1,sent 7 bytes to 10.0.0.1
            0a,out of memory,1000,0.01,2025-07-25T10:00:00Z,2025-07-25T11:00:00Z,e-2,out of memory
            """);
  }

  @Test
  void ndjsonIsAPatternALineAndJsonIsTheWholeAnswer() {
    assertThat(patterns.run("-o", "ndjson")).isZero();
    assertThat(patterns.shell.out().lines()).hasSize(2);
    assertThat(patterns.shell.out()).startsWith("{\"pattern_id\":\"04f5\",").contains("counts");
    assertThat(patterns.run("-o", "json")).isZero();
    assertThat(patterns.shell.out()).contains("\"total_patterns\" : 9");
  }

  @ParameterizedTest
  @CsvSource({
    "'[]', ''",
    "'[0,0]', '  '",
    "'[1]', '█'",
    "'[1,1000]', '▁█'",
    "'[1,2,3,4,5,6,7,8]', '▁▂▃▄▅▆▇█'",
    "'[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,5,5]',"
        + "'             █'"
  })
  void countsBecomeAtMostTwentyBars(String counts, String line) {
    assertThat(Sparkline.of(JsonMapper.shared().readTree(counts))).isEqualTo(line);
  }
}
