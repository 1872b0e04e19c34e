package io.puraify.blackbox.engine.performance;

import io.puraify.blackbox.engine.performance.SpikeTables.Reported;
import io.puraify.blackbox.engine.performance.SpikeTables.Stored;
import io.puraify.blackbox.engine.state.StateDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers questions about rollups. Safe for any thread; each answer is of one moment. */
public final class PerformanceMonitor {

  /** So many spikes of a range are looked at, the newest. */
  private static final int MOST_SPIKES = 20_000;

  private final StateDatabase state;
  private final SeriesCatalog catalog;

  public PerformanceMonitor(StateDatabase state, PerformanceConsumer consumer) {
    this.state = state;
    this.catalog = consumer.catalog();
  }

  /** Figures of groups, and those of as much time before. */
  public Overview overview(PerformanceRequest request) {
    return state.read(handle -> {
      try (RollupTables tables = new RollupTables(handle)) {
        RollupScan scan =
            new RollupScan(tables, catalog, request.scope().filter(), request.groups());
        Minutes range = scan.within(Minutes.touchedBy(request.range()));
        Minutes earlier = scan.within(range.before());
        GroupTallies now = tallies(scan, range);
        GroupTallies before = tallies(scan, earlier);
        List<FigureRow> rows = rows(scan, now, before);
        return new Overview(
            range.range(),
            earlier.range(),
            request.groups(),
            new FigureRow(List.of(), now.total(), before.total()),
            rows.size(),
            rows.stream().sorted(request.order().comparator()).limit(request.limit()).toList(),
            now.notToldApart());
      }
    });
  }

  private static GroupTallies tallies(RollupScan scan, Minutes range) {
    GroupTallies tallies = new GroupTallies(range);
    scan.read(range, Span.DAY, tallies);
    return tallies;
  }

  private static List<FigureRow> rows(RollupScan scan, GroupTallies now, GroupTallies before) {
    List<List<@Nullable String>> groups = scan.groups();
    return IntStream.range(0, groups.size())
        .filter(now::has)
        .mapToObj(
            group -> new FigureRow(groups.get(group), now.figures(group), before.figures(group)))
        .toList();
  }

  /** Figures over time. */
  public Timeline timeline(TimelineRequest request) {
    return state.read(handle -> {
      try (RollupTables tables = new RollupTables(handle)) {
        RollupScan scan =
            new RollupScan(tables, catalog, request.scope().filter(), request.groups());
        Minutes range = scan.within(Minutes.touchedBy(request.scope().range()));
        Buckets buckets = request.buckets(range, scan.hasMinutes(range));
        List<FigureRow> rows =
            request.groups().isEmpty() ? List.of() : ranked(scan, range, request);
        List<FigureRow> shown = rows.stream().limit(request.limit()).toList();
        TimelineTallies tallies = new TimelineTallies(buckets, numbers(scan, shown));
        scan.read(range, buckets.longest(), tallies);
        return new Timeline(
            range.range(),
            buckets.name(),
            buckets.starts(),
            request.groups(),
            tallies.total(),
            IntStream.range(0, shown.size())
                .mapToObj(i -> new Timeline.GroupLine(shown.get(i).group(), tallies.line(i)))
                .toList(),
            rows.size());
      }
    });
  }

  private static List<FigureRow> ranked(RollupScan scan, Minutes range, TimelineRequest request) {
    Minutes earlier = scan.within(range.before());
    GroupTallies now = tallies(scan, range);
    GroupTallies before =
        request.order().change() ? tallies(scan, earlier) : new GroupTallies(earlier);
    return rows(scan, now, before).stream().sorted(request.order().comparator()).toList();
  }

  /** Which line each group that is shown is. */
  private static Map<Integer, Integer> numbers(RollupScan scan, List<FigureRow> shown) {
    Map<List<@Nullable String>, Integer> lines = new HashMap<>();
    shown.forEach(row -> lines.put(row.group(), lines.size()));
    Map<Integer, Integer> numbers = new HashMap<>();
    for (int group = 0; group < scan.groups().size(); group++) {
      Integer line = lines.get(scan.groups().get(group));
      if (line != null) {
        numbers.put(group, line);
      }
    }
    return numbers;
  }

  /** How many calls took how long, over time. */
  public Heatmap heatmap(TimelineRequest request) {
    return state.read(handle -> {
      try (RollupTables tables = new RollupTables(handle)) {
        RollupScan scan = new RollupScan(tables, catalog, request.scope().filter(), List.of());
        Minutes range = scan.within(Minutes.touchedBy(request.scope().range()));
        Buckets buckets = request.buckets(range, scan.hasMinutes(range));
        HeatmapBins bins = new HeatmapBins(buckets.count());
        scan.read(
            range,
            buckets.longest(),
            (group, meant, start, rollup) -> {
              if (meant) {
                bins.add(buckets.number(start), rollup.durations());
              }
            });
        return new Heatmap(
            range.range(), buckets.name(), buckets.starts(), bins.bounds(), bins.counts());
      }
    });
  }

  /** Spikes that a range touches, the newest first. */
  public List<Spike> spikes(SpikesRequest request) {
    Minutes range = Minutes.touchedBy(request.scope().range());
    return state.read(handle ->
        new SpikeTables(handle)
            .between(range.from(), range.to(), MOST_SPIKES).stream()
                .filter(spike -> request.means(spike.kind(), series(spike)))
                .limit(request.limit())
                .map(this::spike)
                .toList());
  }

  private Series series(Stored spike) {
    return catalog.projects().get(spike.project()).series()[spike.series()];
  }

  private Spike spike(Stored spike) {
    return Spike.of(
        spike.kind(),
        series(spike),
        spike.start(),
        spike.stop(),
        spike.expected(),
        spike.observed(),
        spike.calls());
  }

  /** What is to be told of spikes, at most so much, the oldest first. */
  public List<SpikeReport> unreported(int limit) {
    return state.read(handle ->
        new SpikeTables(handle)
            .unreported(limit).stream().map(each -> new SpikeReport(spike(each), each)).toList());
  }

  /** Takes note that it was told, durably so. */
  public void reported(SpikeReport report) {
    Reported now = report.isEnd() ? Reported.END : Reported.BEGIN;
    state.change(handle -> new SpikeTables(handle).reported(report.stored(), now));
  }

  /** Adds up by bucket: all that is meant, and each line. */
  private static final class TimelineTallies implements RollupScan.Sink {
    private final Buckets buckets;
    private final Map<Integer, Integer> lineOf;
    private final List<Tally> total;
    private final List<List<Tally>> lines = new ArrayList<>();

    TimelineTallies(Buckets buckets, Map<Integer, Integer> lineOf) {
      this.buckets = buckets;
      this.lineOf = lineOf;
      this.total = tallies();
      for (int i = 0; i < lineOf.size(); i++) {
        lines.add(tallies());
      }
    }

    private List<Tally> tallies() {
      return Stream.generate(Tally::new).limit(buckets.count()).toList();
    }

    @Override
    public void add(int group, boolean meant, long start, Rollup rollup) {
      int bucket = buckets.number(start);
      if (meant) {
        total.get(bucket).add(rollup);
      }
      Integer line = lineOf.get(group);
      if (line != null) {
        lines.get(line).get(bucket).add(rollup);
      }
    }

    List<Figures> total() {
      return figures(total);
    }

    List<Figures> line(int number) {
      return figures(lines.get(number));
    }

    private List<Figures> figures(List<Tally> tallies) {
      return IntStream.range(0, tallies.size())
          .mapToObj(i -> Figures.of(tallies.get(i), buckets.seconds(i)))
          .toList();
    }
  }
}
