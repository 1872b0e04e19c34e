package io.puraify.blackbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LogSetTest {

  @TempDir private Path folder;

  @Test
  void aLineBecomesAnEvent() throws IOException {
    Files.writeString(
        folder.resolve("Demo.csv"),
        """
        LineId,Date,Time,Level,Component,Content,EventId,EventTemplate
        1,17/06/09,20:10:40,WARN,spark.Security,"acls to: yarn, \"\"curi\"\"\",E5,acls to: <*>
        2,?,?,combo,,second,E6,second
        """);
    LogSet set = LogSet.readAll(folder).getFirst();
    LogSet.Line first = set.lines().getFirst();
    assertThat(set.json(first, first.timestamp()))
        .isEqualTo(
            """
            {"event_id":"Demo-1","project_id":"loghub","timestamp":"2017-06-09T20:10:40Z",\
            "event_type":"log","engine":"demo","message":"acls to: yarn, \\"curi\\"",\
            "severity":"WARN","attributes":{"template":"E5","date":"17/06/09","time":"20:10:40",\
            "component":"spark.Security"}}\
            """);
    LogSet.Line second = set.lines().getLast();
    assertThat(second.timestamp()).isEqualTo(first.timestamp().plusSeconds(1));
    assertThat(set.json(second, second.timestamp())).contains("\"level\":\"combo\"");
  }

  @Test
  void aQueryAsksForEachWord() {
    LogSet set = new LogSet("HDFS", List.of());
    assertThat(LogSetsCheck.query(set, "a \"b\\ a, c"))
        .isEqualTo(
            "/monitoring/logs?project_id=loghub&engine=hdfs&limit=5000"
                + "&message=%22%5C%22b%5C%5C%22&message=%22a%2C%22&message=%22a%22"
                + "&message=%22c%22");
  }

  static Stream<Arguments> times() {
    return Stream.of(
        Arguments.of(Map.of("Time", "Sun Dec 04 04:47:44 2005"), "2005-12-04T04:47:44Z"),
        Arguments.of(Map.of("Time", "2005-06-03-15.42.50.675872"), "2005-06-03T15:42:50.675872Z"),
        Arguments.of(Map.of("Time", "10.30 16:49:06"), "2015-10-30T16:49:06Z"),
        Arguments.of(Map.of("Date", "081109", "Time", "203615"), "2008-11-09T20:36:15Z"),
        Arguments.of(
            Map.of("Date", "2015-10-18", "Time", "18:01:47,978"), "2015-10-18T18:01:47.978Z"),
        Arguments.of(
            Map.of("Month", "Jun", "Date", "4", "Time", "15:16:01"), "2015-06-04T15:16:01Z"),
        Arguments.of(
            Map.of("Date", "Dec", "Day", "10", "Time", "06:55:46"), "2015-12-10T06:55:46Z"));
  }

  @ParameterizedTest
  @MethodSource("times")
  void theTimeIsReadFromTheColumns(Map<String, String> columns, String time) {
    assertThat(LogTimes.parse(columns)).isEqualTo(Instant.parse(time));
  }
}
