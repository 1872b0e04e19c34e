package io.puraify.blackbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {

  private static final Conditions CONDITIONS =
      new Conditions(
          Instant.parse("2026-11-24T21:05:47Z"),
          "0123456789ab",
          "25.0.3+9",
          2,
          24L << 30,
          1_000,
          "bench run --events 1000");

  @Test
  void aRunOfBlackboxAloneIsHeldAgainstItsBars() {
    Measurements measured = new Measurements();
    measured.add(Work.NDJSON, 190_000);
    measured.add(Work.NDJSON, 210_000);
    measured.add(Work.NDJSON, 220_000);
    measured.add(Work.DISK, 61);
    measured.add(Work.BY_ID, 1.5);
    measured.note("a note");
    Report report = new Report("run", CONDITIONS, system("Blackbox", measured), List.of());
    assertThat(report.markdown())
        .isEqualTo(
            """
            # How fast, run

            - 2026-11-24T21:05:47Z, commit 0123456789ab
            - 2 cores, 24.0 GiB of memory, JDK 25.0.3+9, load driver on the same machine
            - 1,000 made-up events: `bench run --events 1000`

            | work                                                                      |        unit |       bar | measured | of |      |
            |:--------------------------------------------------------------------------|------------:|----------:|---------:|---:|-----:|
            | NDJSON over HTTP, fsync before the answer, until all of it can be queried |    events/s | ≥ 200,000 |  210,000 |  3 | pass |
            | disk, settled                                                             | bytes/event |      ≤ 60 |     61.0 |  1 | miss |
            | an event by its id                                                        |          ms |         — |     1.50 |  1 |      |

            Blackbox:

            - a note
            """);
  }

  @Test
  void peersAreHeldAgainstBlackbox() {
    Measurements own = new Measurements();
    own.add(Work.NDJSON, 200_000);
    own.add(Work.DISK, 50);
    own.add(Work.BY_ID, 2);
    Measurements peers = new Measurements();
    peers.add(Work.NDJSON, 20_000);
    peers.add(Work.DISK, 40);
    Report report =
        new Report("peers", CONDITIONS, system("Blackbox", own), List.of(system("Peer 3", peers)));
    assertThat(report.markdown().lines().filter(line -> line.startsWith("| ")))
        .map(line -> line.replaceAll(" +", " "))
        .containsExactly(
            "| work | unit | Blackbox | Peer 3 | × |",
            "| NDJSON over HTTP, fsync before the answer, until all of it can be queried"
                + " | events/s | 200,000 | 20,000 | 10.0 |",
            "| disk, settled | bytes/event | 50.0 | 40.0 | 0.80 |",
            "| an event by its id | ms | 2.00 | — | — |");
  }

  @Test
  void everyValueIsRecordedForMachines(@TempDir Path folder) throws IOException {
    Measurements measured = new Measurements();
    measured.add(Work.NDJSON, 190_000);
    measured.add(Work.NDJSON, 220_000.5);
    Report report = new Report("run", CONDITIONS, system("Blackbox", measured), List.of());
    Path recorded = new Results(folder.resolve("results")).record(report);
    assertThat(recorded).hasFileName("2026-11-24-2105-run.md").hasContent(report.markdown());
    JsonNode json =
        JsonMapper.shared()
            .readTree(Files.readString(recorded.resolveSibling("2026-11-24-2105-run.json")));
    assertThat(json.path("commit").asString()).isEqualTo("0123456789ab");
    assertThat(json.path("command_line").asString()).isEqualTo("bench run --events 1000");
    assertThat(json.at("/systems/0/measured/0"))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"work": "ndjson", "unit": "events/s", "at_least": 200000.0, "met": true,
                     "figure": 205000.25, "values": [190000.0, 220000.5]}
                    """));
  }

  private static SystemResult system(String name, Measurements measurements) {
    return new SystemResult(name, 1_000, measurements);
  }
}
