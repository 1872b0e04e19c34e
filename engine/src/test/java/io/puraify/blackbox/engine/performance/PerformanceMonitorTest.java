package io.puraify.blackbox.engine.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.EventBatch;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Measure;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Position;
import io.puraify.blackbox.core.TimeRange;
import io.puraify.blackbox.engine.state.StateDatabase;
import io.puraify.blackbox.engine.state.StateException;
import io.puraify.blackbox.engine.state.StateOptions;
import io.puraify.blackbox.storage.contract.EventRows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PerformanceMonitorTest {

  @TempDir private Path folder;
  private SimpleMeterRegistry registry;
  private StateDatabase state;
  private PerformanceConsumer consumer;
  private final List<Event> events = new ArrayList<>();

  @BeforeEach
  void open() {
    open(new SeriesCatalog());
  }

  private void open(SeriesCatalog catalog) {
    state =
        new StateDatabase(
            StateOptions.of(folder.resolve("state.sqlite"), PerformanceConsumer.SCHEMA));
    state.start();
    registry = new SimpleMeterRegistry();
    consumer = new PerformanceConsumer(state, registry, catalog);
    consumer.start(Position.START);
  }

  @AfterEach
  void close() {
    state.close();
  }

  private PerformanceMonitor monitor() {
    return new PerformanceMonitor(state, consumer);
  }

  private void apply(List<Event> batch, int blockRows) {
    consumer.apply(EventRows.batch(batch, blockRows));
    events.addAll(batch);
  }

  private Overview overview(long fromMicros, long toMicros, String... parameters) {
    Map<String, List<String>> given = new HashMap<>();
    given.put("from", List.of(Micros.format(fromMicros)));
    given.put("to", List.of(Micros.format(toMicros)));
    given.put("limit", List.of("1000"));
    for (int i = 0; i < parameters.length; i += 2) {
      given.put(parameters[i], List.of(parameters[i + 1]));
    }
    return monitor().overview(PerformanceRequest.parse(given, Micros.toInstant(toMicros)));
  }

  private List<Event> inside(TimeRange range) {
    return events.stream().filter(event -> range.contains(event.timestampMicros())).toList();
  }

  /** Compares with what is worked out of the events themselves. */
  private static void check(Figures figures, List<Event> events) {
    assertThat(figures.get(Figure.CALLS)).isEqualTo((double) events.size());
    assertThat(figures.get(Figure.ERRORS)).isEqualTo((double) ended(events, "error"));
    assertThat(figures.get(Figure.TIMEOUTS)).isEqualTo((double) ended(events, "timeout"));
    long retries = events.stream().mapToLong(PerformanceMonitorTest::retries).sum();
    assertThat(figures.get(Figure.RETRIES)).isEqualTo((double) retries);
    double[] millis =
        events.stream()
            .map(event -> event.decimal(Field.DURATION_MS))
            .filter(each -> each != null)
            .mapToDouble(each -> each)
            .sorted()
            .toArray();
    if (millis.length == 0) {
      assertThat(figures.get(Figure.P99)).isNull();
      return;
    }
    assertThat(figures.get(Figure.MIN)).isEqualTo(millis[0]);
    assertThat(figures.get(Figure.MAX)).isEqualTo(millis[millis.length - 1]);
    double mean = Arrays.stream(millis).average().orElseThrow();
    assertThat(figures.get(Figure.AVG)).isCloseTo(mean, within(1e-3));
    double[] percents = Figure.percents();
    for (int i = 0; i < percents.length; i++) {
      Double value = figures.get(Figure.PERCENTILES.get(i));
      assertThat(rankError(millis, percents[i], value)).isLessThan(0.01);
    }
  }

  private static double rankError(double[] sorted, double percent, @Nullable Double value) {
    assertThat(value).isNotNull();
    double tolerance = value / 1_000;
    double rank = Measure.Percentile.rank(sorted.length, percent);
    long below = Arrays.stream(sorted).filter(each -> each < value - tolerance).count();
    long upTo = Arrays.stream(sorted).filter(each -> each <= value + tolerance).count();
    return (rank <= below ? below + 1 - rank : Math.max(0, rank - upTo)) / sorted.length;
  }

  private static long ended(List<Event> events, String status) {
    return events.stream().filter(event -> status.equals(event.text(Field.STATUS))).count();
  }

  private static long retries(Event event) {
    Long said = event.integer(Field.RETRIES);
    long retries = said == null ? 0 : said;
    return "retry".equals(event.text(Field.STATUS)) ? Math.max(1, retries) : retries;
  }

  private static List<@Nullable String> group(Event event, List<Field> fields) {
    List<@Nullable String> values = new ArrayList<>();
    fields.forEach(field -> values.add(event.text(field)));
    return values;
  }

  @Test
  void anyRangeOfAnyGroupingAddsUpToItsEventsHoweverTheyCame() {
    Random random = new Random(20260107);
    MadeUpCalls calls = new MadeUpCalls(random, 3);
    // Ten days, so that the first minutes are gone, and days and hours have been added up.
    for (int batch = 0; batch < 400; batch++) {
      List<Event> some = new ArrayList<>();
      for (int i = random.nextInt(1, 60); i > 0; i--) {
        some.add(calls.next());
      }
      apply(some, random.nextInt(1, 40));
      calls.pass(36);
      if (batch % 90 == 89) {
        close();
        open();
      }
    }
    for (int round = 0; round < 60; round++) {
      boolean old = random.nextBoolean();
      long unit = old ? 3_600_000_000L : Span.MICROS_PER_MINUTE;
      long from =
          old
              ? MadeUpCalls.START + random.nextLong(9 * 24) * unit
              : calls.nowMicros() / unit * unit - random.nextLong(1, 6 * 24 * 60) * unit;
      long to = from + random.nextLong(1, old ? 9 * 24 : 4_000) * unit;
      List<Field> fields = Series.FIELDS.subList(random.nextInt(4), 4);
      String names = fields.stream().map(Field::jsonName).collect(Collectors.joining(","));
      String project = random.nextBoolean() ? "p1" : "p1,p0,p2";
      Overview overview = overview(from, to, "group_by", names, "project_id", project);
      List<Event> meant =
          inside(overview.range()).stream()
              .filter(event -> project.contains(event.projectId()))
              .toList();
      check(overview, fields, meant);
      if (!fields.contains(Field.PROJECT_ID)) {
        check(overview(from, to, "group_by", names), fields, inside(overview.range()));
      }
    }
  }

  private static void check(Overview overview, List<Field> fields, List<Event> meant) {
    Map<List<@Nullable String>, List<Event>> groups =
        meant.stream().collect(Collectors.groupingBy(event -> group(event, fields)));
    check(overview.total().now(), meant);
    assertThat(overview.groups()).isEqualTo(groups.size());
    for (FigureRow row : overview.rows()) {
      check(row.now(), groups.getOrDefault(row.group(), List.of()));
    }
  }

  @Test
  void whatHappenedBeforeIsComparedWith() {
    List<Event> some = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      // Ten calls of 100 ms in the first hour, twenty of 200 ms in the second.
      long time = MadeUpCalls.START + (i < 10 ? 0 : 3_600_000_000L) + i;
      some.add(call(i, time, "f", i < 10 ? 100 : 200, i % 10 == 0 ? "error" : "success"));
    }
    apply(some, 100);

    long second = MadeUpCalls.START + 3_600_000_000L;
    FigureRow row = overview(second, second + 3_600_000_000L).rows().getFirst();

    assertThat(row.now().get(Figure.CALLS_PER_SECOND)).isEqualTo(20.0 / 3_600);
    assertThat(row.before().get(Figure.CALLS)).isEqualTo(10);
    assertThat(row.change(Figure.CALLS)).isEqualTo(1);
    assertThat(row.change(Figure.P95)).isEqualTo(1);
    assertThat(row.change(Figure.ERROR_RATE)).isEqualTo(0);
    assertThat(row.change(Figure.TIMEOUT_RATE)).isNull();
  }

  private static Event call(
      long position, long micros, String platform, double millis, String status) {
    return Event.at(position)
        .set(Field.PROJECT_ID, "p")
        .set(Field.RECEIVED_AT, micros)
        .set(Field.TIMESTAMP, micros)
        .set(Field.PLATFORM, platform)
        .set(Field.DURATION_MS, millis)
        .set(Field.STATUS, status)
        .build();
  }

  @Test
  void groupsComeInTheOrderOfAnyFigure() {
    List<Event> some = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      some.add(call(i, MadeUpCalls.START + i, "f" + i % 3, 10 * (i % 3 + 1), "success"));
    }
    some.add(call(60, MadeUpCalls.START, "f1", 20, "error"));
    apply(some, 7);

    assertThat(order("p95", "desc")).containsExactly("f2", "f1", "f0");
    assertThat(order("p95", "asc")).containsExactly("f0", "f1", "f2");
    assertThat(order("error_rate", "desc")).startsWith("f1");
    assertThat(order("calls", "desc")).startsWith("f1");
  }

  private List<@Nullable String> order(String figure, String direction) {
    Overview overview =
        overview(
            MadeUpCalls.START,
            MadeUpCalls.START + Span.MICROS_PER_MINUTE,
            "group_by",
            "platform",
            "order",
            figure,
            "direction",
            direction);
    List<@Nullable String> platforms = new ArrayList<>();
    overview.rows().forEach(row -> platforms.add(row.group().getFirst()));
    return platforms;
  }

  @Test
  void seriesBeyondTheBoundAreNotToldApartButCounted() {
    close();
    open(new SeriesCatalog(2, 10, 5));
    List<Event> some = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      some.add(call(i, MadeUpCalls.START + i, "f" + i % 100, i, "success"));
    }
    apply(some, 50);
    close();
    open(new SeriesCatalog(2, 10, 5));

    Overview overview =
        overview(MadeUpCalls.START, MadeUpCalls.START + Span.MICROS_PER_MINUTE, "project_id", "p");

    assertThat(overview.groups()).isEqualTo(5);
    assertThat(overview.notToldApart()).isEqualTo(285);
    check(overview.total().now(), events);
    assertThat(consumer.catalog().size()).isEqualTo(5);
  }

  @Test
  void projectsBeyondTheBoundAreCountedTogether() {
    close();
    open(new SeriesCatalog(2, 10, 5));
    List<Event> some = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      some.add(
          Event.at(i)
              .set(Field.PROJECT_ID, "p" + i)
              .set(Field.RECEIVED_AT, MadeUpCalls.START)
              .set(Field.TIMESTAMP, MadeUpCalls.START)
              .build());
    }
    apply(some, 50);
    long end = MadeUpCalls.START + Span.MICROS_PER_MINUTE;

    Overview byProject = overview(MadeUpCalls.START, end, "group_by", "project_id");
    assertThat(byProject.groups()).isEqualTo(2);
    assertThat(byProject.notToldApart()).isEqualTo(48);
    check(byProject.total().now(), events);
    check(overview(MadeUpCalls.START, end).total().now(), events);
  }

  @Test
  void eventsThatAreGivenAgainAreCountedOnce() {
    MadeUpCalls calls = new MadeUpCalls(new Random(20260108), 2);
    List<Event> all = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      all.add(calls.next());
    }
    EventBatch whole = EventRows.batch(all, 64);
    consumer.apply(EventRows.batch(all.subList(0, 100), 30));
    consumer.apply(EventRows.batch(all.subList(60, 300), 30));
    close();
    open();
    consumer.apply(whole);
    events.addAll(all);

    Overview overview = overview(MadeUpCalls.START, calls.nowMicros() + Micros.PER_DAY);
    check(overview, overview.fields(), events);
  }

  @Test
  void aBatchThatFailsLeavesNothingBehind() {
    MadeUpCalls calls = new MadeUpCalls(new Random(20260109), 2);
    List<Event> all = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      all.add(calls.next());
    }
    state.change(handle -> handle.execute("ALTER TABLE performance_rollups RENAME TO away"));
    assertThatThrownBy(() -> consumer.apply(EventRows.batch(all, 64)))
        .isInstanceOf(StateException.class);
    assertThat(consumer.position()).isEqualTo(Position.START);
    assertThat(consumer.catalog().size()).isZero();
    state.change(handle -> handle.execute("ALTER TABLE away RENAME TO performance_rollups"));
    apply(all, 64);

    Overview overview = overview(MadeUpCalls.START, calls.nowMicros() + Micros.PER_DAY);
    check(overview, overview.fields(), events);
  }

  @Test
  void rollupsAreKeptForAYearAndWhatIsOlderIsExpired() {
    long later = MadeUpCalls.START + 400 * Micros.PER_DAY;
    long minute = Span.MICROS_PER_MINUTE;
    apply(List.of(call(0, MadeUpCalls.START, "f", 1, "error")), 1);
    assertThat(overview(MadeUpCalls.START, MadeUpCalls.START + minute).groups()).isEqualTo(1);
    apply(List.of(call(1, later, "f", 1, "success")), 1);
    Event late =
        Event.at(2)
            .set(Field.PROJECT_ID, "p")
            .set(Field.RECEIVED_AT, later)
            .set(Field.TIMESTAMP, MadeUpCalls.START)
            .build();
    apply(List.of(late), 1);

    Overview all = overview(MadeUpCalls.START, later + minute);
    assertThat(all.total().now().get(Figure.CALLS)).isEqualTo(1);
    assertThat(all.range().fromMicros()).isEqualTo(later - 367 * Micros.PER_DAY);
    assertThat(registry.get("blackbox.performance.expired.events").counter().count()).isEqualTo(1);
  }

  @Test
  void timelinesAndHeatmapsAddUpToTheWhole() {
    Random random = new Random(20260110);
    MadeUpCalls calls = new MadeUpCalls(random, 2);
    for (int batch = 0; batch < 200; batch++) {
      List<Event> some = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        some.add(calls.next());
      }
      apply(some, 20);
      calls.pass(30);
    }
    Map<String, List<String>> given =
        Map.of(
            "from", List.of(Micros.format(MadeUpCalls.START)),
            "to", List.of(Micros.format(calls.nowMicros())),
            "step", List.of("2h"));
    var now = Micros.toInstant(calls.nowMicros());
    Map<String, List<String>> grouped = new HashMap<>(given);
    grouped.put("group_by", List.of("platform"));
    Timeline timeline = monitor().timeline(TimelineRequest.parse(grouped, now));
    Heatmap heatmap = monitor().heatmap(TimelineRequest.parseHeatmap(given, now));

    assertThat(timeline.groups()).isEqualTo(4);
    for (int i = 0; i < timeline.buckets().size(); i++) {
      long from = timeline.buckets().get(i);
      List<Event> meant = inside(new TimeRange(from, from + 7_200_000_000L));
      check(timeline.total().get(i), meant);
      for (Timeline.GroupLine line : timeline.series()) {
        List<Event> ofGroup =
            meant.stream()
                .filter(event -> group(event, timeline.fields()).equals(line.group()))
                .toList();
        check(line.figures().get(i), ofGroup);
      }
      for (int bin = 0; bin + 1 < heatmap.bounds().size(); bin++) {
        double low = heatmap.bounds().get(bin);
        double high = heatmap.bounds().get(bin + 1);
        long count =
            meant.stream()
                .map(event -> event.decimal(Field.DURATION_MS))
                .filter(millis -> millis != null && low <= millis && millis < high)
                .count();
        assertThat(heatmap.counts().get(i).get(bin)).isEqualTo(count);
      }
    }
  }
}
