package io.puraify.blackbox.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import io.puraify.blackbox.core.Aggregation;
import io.puraify.blackbox.core.AssignedId;
import io.puraify.blackbox.core.Cursor;
import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.EventBatch;
import io.puraify.blackbox.core.EventBlock;
import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.FieldValue;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Folds;
import io.puraify.blackbox.core.Grouping;
import io.puraify.blackbox.core.Measure;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Order;
import io.puraify.blackbox.core.Page;
import io.puraify.blackbox.core.Position;
import io.puraify.blackbox.core.QueryStoppedException;
import io.puraify.blackbox.core.RegexPattern;
import io.puraify.blackbox.core.Retention;
import io.puraify.blackbox.core.RunningQuery;
import io.puraify.blackbox.core.Sample;
import io.puraify.blackbox.core.Search;
import io.puraify.blackbox.core.Step;
import io.puraify.blackbox.core.StoredDay;
import io.puraify.blackbox.core.Table;
import io.puraify.blackbox.core.TimeRange;
import io.puraify.blackbox.core.Top;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every event store does. A store's test extends this class and says how a store is made;
 * begin reading with {@link Appending}.
 */
public abstract class EventStoreContract {

  private static final Instant NOON = Instant.parse("2025-07-25T12:00:00Z");
  private static final long NOON_MICROS = Micros.of(NOON);

  @SuppressWarnings("NullAway.Init") // by open(), before each test
  private EventStore store;

  /**
   * Makes a store that is not started. The first of a test is empty; each further one has what was
   * stored by the one before, which is closed.
   *
   * @param retention of its events
   */
  protected abstract EventStore newStore(Retention retention);

  /** The store at hand. */
  protected EventStore store() {
    return store;
  }

  @BeforeEach
  void open() {
    open(Retention.ALL);
  }

  /** Opens another store with what is stored, in place of the one at hand. */
  protected void reopen(Retention retention) {
    store.close();
    open(retention);
  }

  private void open(Retention retention) {
    store = newStore(retention);
    store.start();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Nested
  class Appending {

    @Test
    void aNewStoreIsAtTheStart() {
      assertThat(store.position()).isEqualTo(Position.START);
      assertThat(found(Filter.ALL)).isEmpty();
    }

    @Test
    void aBatchIsFoundWhenAppendReturns() {
      append(event(0, "pf_1", NOON), event(1, "pf_2", NOON.plusSeconds(1)));

      assertThat(store.position()).isEqualTo(new Position(2));
      assertThat(found(Filter.ALL)).extracting(Event::position).containsExactly(1L, 0L);
    }

    @Test
    void everyFieldComesBackAsItWas() {
      List<Event> events = new RandomEvents(new SplittableRandom(7)).next(0, 300);
      store.append(EventRows.batch(events, 70));

      assertThat(found(Filter.ALL)).containsExactlyInAnyOrderElementsOf(events);
    }

    @Test
    void aScanHandsOverTheEventsOfSomePositionsWhateverTheirTimes() {
      List<Event> events = new RandomEvents(new SplittableRandom(8)).next(0, 300);
      store.append(EventRows.batch(events, 70));

      assertThat(scanned(100, 217)).containsExactlyInAnyOrderElementsOf(events.subList(100, 217));
      assertThat(scanned(Long.MIN_VALUE, Long.MAX_VALUE))
          .containsExactlyInAnyOrderElementsOf(events);
      assertThat(scanned(300, Long.MAX_VALUE)).isEmpty();
    }

    private List<Event> scanned(long from, long to) {
      List<Event> scanned = new ArrayList<>();
      store.scan(from, to, scanned::add);
      return scanned;
    }

    @Test
    void longTextsComeBackWhole() {
      Event event =
          Event.at(0)
              .set(Field.PROJECT_ID, "pf_1")
              .set(Field.TIMESTAMP, NOON_MICROS)
              .set(Field.RECEIVED_AT, NOON_MICROS)
              .set(Field.MESSAGE, "ü😀".repeat(10_000))
              .set(Field.STACK_TRACE, "at a.b.C(D.java:1)\n".repeat(13_000))
              .build();
      append(event);

      assertThat(found(Filter.ALL)).containsExactly(event);
    }

    @Test
    void aBatchGivenTwiceIsStoredOnce() {
      append(event(0, "pf_1", NOON), event(1, "pf_1", NOON));
      append(event(0, "pf_1", NOON), event(1, "pf_1", NOON));

      assertThat(found(Filter.ALL)).hasSize(2);
      assertThat(store.position()).isEqualTo(new Position(2));
    }

    @Test
    void aBatchThatOverlapsAddsOnlyItsNewEvents() {
      List<Event> events = series(0, 300);
      store.append(EventRows.batch(events.subList(0, 130), 50));
      store.append(EventRows.batch(events.subList(70, 300), 64));

      assertThat(found(Filter.ALL)).containsExactlyInAnyOrderElementsOf(events);
    }

    @Test
    void aBatchThatLeavesAGapIsRefused() {
      append(event(0, "pf_1", NOON));

      assertThatThrownBy(() -> append(event(2, "pf_1", NOON)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(store.position()).isEqualTo(new Position(1));
    }

    @Test
    void aBatchMayBeOfManyDaysInAnyOrder() {
      List<Event> events = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        events.add(event(i, "pf_1", NOON.plus(Duration.ofDays(i * 37 % 5)).plusSeconds(i)));
      }
      store.append(EventRows.batch(events, 60));

      assertThat(found(Filter.ALL)).containsExactlyElementsOf(sorted(events, Order.NEWEST_FIRST));
    }
  }

  @Nested
  class Searching {

    @ParameterizedTest
    @EnumSource
    void eventsAreOrderedByTimeAndThenByPosition(Order order) {
      List<Event> events = new RandomEvents(new SplittableRandom(3)).next(0, 400);
      store.append(EventRows.batch(events));

      assertThat(pages(Filter.ALL, TimeRange.ALL, order, 400))
          .containsExactlyElementsOf(sorted(events, order));
    }

    @ParameterizedTest
    @EnumSource
    void theFirstPageHasWhatCameSinceItWasLastAskedFor(Order order) {
      List<Event> events = new ArrayList<>(series(0, 400));
      store.append(EventRows.batch(events));
      for (int i = 1; i <= 3; i++) {
        Event earlier = event(events.size(), "pf_1", NOON.minusSeconds(i));
        Event later = event(events.size() + 1, "pf_1", NOON.plusSeconds(399 + i));
        append(earlier, later);
        events.addAll(List.of(earlier, later));

        assertThat(store.search(new Search(Filter.ALL, TimeRange.ALL, order, null, 5)).items())
            .containsExactlyElementsOf(sorted(events, order).subList(0, 5));
      }
    }

    @ParameterizedTest
    @EnumSource
    void pagesOfAnySizeAreTogetherTheWhole(Order order) {
      List<Event> events = new RandomEvents(new SplittableRandom(4)).next(0, 100);
      store.append(EventRows.batch(events));

      for (int limit : new int[] {1, 7, 99, 100, 101}) {
        assertThat(pages(Filter.ALL, TimeRange.ALL, order, limit))
            .as("pages of %d", limit)
            .containsExactlyElementsOf(sorted(events, order));
      }
    }

    @Test
    void aPageSaysWhetherItIsTheLast() {
      append(event(0, "pf_1", NOON), event(1, "pf_1", NOON), event(2, "pf_1", NOON));

      assertThat(page(2, null).complete()).isFalse();
      assertThat(page(3, null).complete()).isTrue();
      assertThat(page(4, null).complete()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {Search.MAX_LIMIT, Search.MAX_LIMIT + 1})
    void theLargestPageSaysWhetherItIsTheLast(int events) {
      store.append(EventRows.batch(series(0, events), 4_000));

      Page<Event> page = page(Search.MAX_LIMIT, null);

      assertThat(page.items()).hasSize(Search.MAX_LIMIT);
      assertThat(page.complete()).isEqualTo(events == Search.MAX_LIMIT);
    }

    @Test
    void aRangeHoldsItsFirstMomentAndNotItsLast() {
      append(
          event(0, "pf_1", NOON.minusNanos(1_000)),
          event(1, "pf_1", NOON),
          event(2, "pf_1", NOON.plusSeconds(60).minusNanos(1_000)),
          event(3, "pf_1", NOON.plusSeconds(60)));

      TimeRange range = new TimeRange(NOON_MICROS, NOON_MICROS + 60_000_000);
      assertThat(pages(Filter.ALL, range, Order.OLDEST_FIRST, 10))
          .extracting(Event::position)
          .containsExactly(1L, 2L);
    }

    @Test
    void anEmptyRangeHoldsNothing() {
      append(event(0, "pf_1", NOON));

      assertThat(pages(Filter.ALL, new TimeRange(NOON_MICROS, NOON_MICROS), Order.NEWEST_FIRST, 10))
          .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void pagesNeitherRepeatNorSkipWhileEventsArrive(Order order) {
      RandomEvents random = new RandomEvents(new SplittableRandom(11));
      List<Event> before = random.next(0, 120);
      store.append(EventRows.batch(before));
      List<Event> seen = new ArrayList<>();
      long position = 120;
      Cursor cursor = null;
      do {
        Page<Event> page = store.search(new Search(Filter.ALL, TimeRange.ALL, order, cursor, 13));
        seen.addAll(page.items());
        cursor = page.next();
        store.append(EventRows.batch(random.next(position, 5)));
        position += 5;
      } while (cursor != null && position < 2_000);

      assertThat(seen).as("once each").doesNotHaveDuplicates().containsAll(before);
      assertThat(seen).as("in order").containsExactlyElementsOf(sorted(seen, order));
    }
  }

  @Nested
  class Finding {

    @Test
    void anEventIsFoundByTheIdThatItsSenderGave() {
      append(event(0, "pf_1", NOON), given(1, "pf_1", NOON, "evt_1"), event(2, "pf_1", NOON));

      assertThat(store.find("evt_1")).map(Event::position).hasValue(1L);
      assertThat(store.find("evt_2")).isEmpty();
    }

    @Test
    void anEventIsFoundByTheIdThatWasAssigned() {
      List<Event> events = series(0, 50);
      store.append(EventRows.batch(events, 20));

      for (Event event : events) {
        assertThat(store.find(event.eventId())).hasValue(event);
      }
      assertThat(store.find(AssignedId.of(NOON_MICROS + 1, 4))).as("another time").isEmpty();
    }

    @Test
    void anEventThatCameLateIsFoundByTheIdThatWasAssigned() {
      Event late = event(1, "pf_1", NOON.minus(Duration.ofDays(40)));
      append(event(0, "pf_1", NOON), late, event(2, "pf_1", NOON));

      assertThat(store.find(late.eventId())).hasValue(late);
    }

    @Test
    void theNewestIsFoundWhereProjectsGiveTheSameId() {
      append(
          given(0, "pf_1", NOON, "evt_1"),
          given(1, "pf_2", NOON.plus(Duration.ofDays(3)), "evt_1"),
          given(2, "pf_3", NOON.plus(Duration.ofDays(2)), "evt_1"));

      assertThat(store.find("evt_1")).map(Event::position).hasValue(1L);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 77})
    void anIdThatLooksAssignedMayHaveBeenGiven(long position) {
      String id = AssignedId.of(NOON_MICROS, position);
      append(
          event(0, "pf_1", NOON.plusSeconds(5)),
          given(1, "pf_1", NOON.plusSeconds(6), id + "x"),
          given(2, "pf_1", NOON.plusSeconds(6), id));

      assertThat(store.find(id)).map(Event::position).hasValue(2L);
    }
  }

  @Nested
  class Filtering {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            in status error                  | 1 2
            in status success error          | 0 1 2
            in duration_ms 842               | 0
            in duration_ms 842.0             |
            in retries 3                     | 1
            in timestamp 2025-07-25T12:00:01Z | 1
            in attributes.region eu          | 0
            in attributes.nested.deep yes    | 1
            in attributes.dotted.name flat   | 2
            contains message SENT            | 0
            contains message straSSe         |
            contains message STRAßE          | 1
            contains message οδυσσευσ        | 2
            regex message sent$              | 0
            regex message ^sent              |
            regex message TH\\sSTRASSE?      |
            regex message STRAßE             |
            regex message [^a-z]straß        | 1
            regex error_type ^api_[a-z]+$    | 1
            regex error_type .               | 1 2
            regex attributes.region ^e.$     | 0
            regex-i message STRAßE           | 1
            regex-i message οδυσσευσ         | 2
            regex-i attributes.region EU     | 0
            prefix error_type api_           | 1
            prefix error_type API_           |
            exists error_type                | 1 2
            exists attributes.none           |
            exists attributes.nested         | 1
            range duration_ms 500 5000       | 0 1
            range retries 3 9                | 1
            range attributes.n 1 2           | 0
            """)
    void eachKindMeansWhatItSays(String filter, @Nullable String positions) {
      append(
          Event.at(0)
              .set(Field.PROJECT_ID, "pf_1")
              .set(Field.TIMESTAMP, NOON_MICROS)
              .set(Field.RECEIVED_AT, NOON_MICROS)
              .set(Field.STATUS, "success")
              .set(Field.MESSAGE, "Message sent")
              .set(Field.DURATION_MS, 842.0)
              .set(Field.ATTRIBUTES, "{\"region\":\"eu\",\"n\":1.50,\"none\":null}")
              .build(),
          Event.at(1)
              .set(Field.PROJECT_ID, "pf_1")
              .set(Field.TIMESTAMP, NOON_MICROS + 1_000_000)
              .set(Field.RECEIVED_AT, NOON_MICROS)
              .set(Field.STATUS, "error")
              .set(Field.ERROR_TYPE, "api_timeout")
              .set(Field.MESSAGE, "on the straße")
              .set(Field.DURATION_MS, 4232.0)
              .set(Field.RETRIES, 3)
              .set(
                  Field.ATTRIBUTES, "{\"region\":\"us\",\"nested\":{\"deep\":\"yes\"},\"n\":\"x\"}")
              .build(),
          Event.at(2)
              .set(Field.PROJECT_ID, "pf_1")
              .set(Field.TIMESTAMP, NOON_MICROS + 2_000_000)
              .set(Field.RECEIVED_AT, NOON_MICROS)
              .set(Field.STATUS, "error")
              .set(Field.ERROR_TYPE, "token_expired")
              .set(Field.MESSAGE, "ΟΔΥΣΣΕΥΣ")
              .set(Field.ATTRIBUTES, "{\"dotted.name\":\"flat\"}")
              .build());

      List<String> wanted = positions == null ? List.of() : List.of(positions.split(" "));
      assertThat(pages(filter(filter), TimeRange.ALL, Order.OLDEST_FIRST, 10))
          .extracting(event -> Long.toString(event.position()))
          .containsExactlyElementsOf(wanted);
    }

    /**
     * Java takes the dotted and the dotless i, the long s and the sign of kelvin for i, s and k.
     */
    @ParameterizedTest
    @ValueSource(strings = {"disk", "DISK", "D\u0130\u017f\u212a", "d\u0131sk f", "k full", "is"})
    void lettersThatAreTheSameInAnotherCaseAreFound(String part) {
      List<String> messages =
          List.of("Disk full", "D\u0130SK full", "d\u0131\u017f\u212a full", "desk full");
      Event[] events = new Event[messages.size()];
      for (int i = 0; i < events.length; i++) {
        events[i] =
            Event.at(i)
                .set(Field.PROJECT_ID, "pf_1")
                .set(Field.TIMESTAMP, NOON_MICROS + i)
                .set(Field.RECEIVED_AT, NOON_MICROS)
                .set(Field.MESSAGE, messages.get(i))
                .build();
      }
      append(events);
      Filter filter = new Filter.Contains(new FieldRef.Known(Field.MESSAGE), part);
      List<Event> wanted = Arrays.stream(events).filter(filter::test).toList();

      assertThat(wanted).hasSizeGreaterThanOrEqualTo(3);
      assertThat(found(filter)).containsExactlyInAnyOrderElementsOf(wanted);
      store.maintain(NOON.plus(Duration.ofDays(30)));
      assertThat(found(filter)).containsExactlyInAnyOrderElementsOf(wanted);
    }

    private static Filter filter(String words) {
      List<String> word = List.of(words.split(" "));
      Field known = Field.named(word.get(1));
      FieldRef field =
          known != null
              ? new FieldRef.Known(known)
              : new FieldRef.Attribute(word.get(1).substring(FieldRef.ATTRIBUTE_PREFIX.length()));
      return switch (word.getFirst()) {
        case "in" -> new Filter.In(field, Set.copyOf(word.subList(2, word.size())));
        case "contains" -> new Filter.Contains(field, word.get(2));
        case "regex" -> new Filter.Regex(field, RegexPattern.of(word.get(2), false));
        case "regex-i" -> new Filter.Regex(field, RegexPattern.of(word.get(2), true));
        case "prefix" -> new Filter.Prefix(field, word.get(2));
        case "exists" -> new Filter.Exists(field);
        case "range" ->
            new Filter.Range(
                field,
                Double.parseDouble(word.get(2)),
                true,
                Double.parseDouble(word.get(3)),
                false);
        default -> throw new IllegalArgumentException(words);
      };
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theStoreAnswersWhatTheFilterSays(long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      List<Event> events = new RandomEvents(random).next(0, 250);
      store.append(EventRows.batch(events, 40));
      RandomFilters filters = new RandomFilters(random, events);

      for (int i = 0; i < 120; i++) {
        Filter filter = filters.next();
        assertThat(found(filter))
            .as("seed %d, filter %d: %s", seed, i, filter)
            .containsExactlyElementsOf(
                sorted(events.stream().filter(filter::test).toList(), Order.NEWEST_FIRST));
      }
    }

    /** What takes an engine that tries all ways years. */
    @Test
    void everyRegularExpressionTakesTimeInProportionToTheText() {
      append(
          draft(0, "pf_1", NOON).set(Field.STACK_TRACE, "a".repeat(200_000) + "!").build(),
          draft(1, "pf_1", NOON).set(Field.STACK_TRACE, "a".repeat(200_000)).build());

      assertThat(found(regex("(a+)+$"))).extracting(Event::position).containsExactly(1L);
      assertThat(found(regex("^(a|aa)*a?(a?){30}!$")))
          .extracting(Event::position)
          .containsExactly(0L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a{1000}", "\\W{999}é", "(?s:.){1000}", "([^a]{10}x?){40}"})
    void theLargestRegularExpressionsAreUnderstood(String pattern) {
      append(
          draft(0, "pf_1", NOON).set(Field.STACK_TRACE, "a".repeat(1_000)).build(),
          draft(1, "pf_1", NOON).set(Field.STACK_TRACE, "é😀-".repeat(1_000)).build());
      Filter filter = regex(pattern);

      assertThat(found(filter))
          .containsExactlyInAnyOrderElementsOf(
              found(Filter.ALL).stream().filter(filter::test).toList());
    }

    private static Filter regex(String pattern) {
      return new Filter.Regex(
          new FieldRef.Known(Field.STACK_TRACE), RegexPattern.of(pattern, false));
    }

    @Test
    void deepFiltersAreUnderstood() {
      append(event(0, "pf_1", NOON), event(1, "pf_2", NOON));
      Filter filter = new Filter.In(new FieldRef.Known(Field.PROJECT_ID), Set.of("pf_1"));
      for (int i = 0; i < 20; i++) {
        filter = new Filter.And(List.of(new Filter.Not(new Filter.Or(List.of(filter)))));
      }

      assertThat(found(filter)).extracting(Event::position).containsExactly(0L);
    }

    @Test
    void longFiltersAreUnderstood() {
      append(event(0, "pf_1", NOON), event(1, "pf_2", NOON));
      List<Filter> many = new ArrayList<>();
      for (int i = 2; i < 1_000; i++) {
        many.add(new Filter.Prefix(new FieldRef.Known(Field.PROJECT_ID), "pf_" + i));
      }

      assertThat(found(new Filter.Or(many))).extracting(Event::position).containsExactly(1L);
    }
  }

  @Nested
  class Aggregating {

    private static final FieldRef STATUS = new FieldRef.Known(Field.STATUS);
    private static final FieldRef DURATION = new FieldRef.Known(Field.DURATION_MS);

    @Test
    void aStoreWithoutEventsCountsNone() {
      Table table = store.aggregate(counted(Grouping.NONE, TimeRange.ALL, 10));

      assertThat(table.rows())
          .containsExactly(new Table.Row(List.of(), null, 0, Arrays.asList(null, null, 0.0)));
      assertThat(table.other()).isEmpty();
      assertThat(store.aggregate(counted(Grouping.by(STATUS), TimeRange.ALL, 10)).rows()).isEmpty();
      assertThat(store.values(STATUS, Filter.ALL, TimeRange.ALL, "", 10)).isEmpty();
    }

    @Test
    void anAbsentValueIsAGroupOfItsOwn() {
      append(status(0, "error", 2), status(1, null, 8), status(2, "ok", 4), status(3, null, 4));

      assertThat(store.aggregate(counted(Grouping.by(STATUS), TimeRange.ALL, 10)).rows())
          .containsExactly(
              new Table.Row(Arrays.asList((String) null), null, 2, List.of(12.0, 0.0, 1.0)),
              new Table.Row(List.of("error"), null, 1, List.of(2.0, 1.0, 1.0)),
              new Table.Row(List.of("ok"), null, 1, List.of(4.0, 0.0, 1.0)));
    }

    @Test
    void whatIsNotToldApartIsTakenTogether() {
      append(status(0, "a", 1), status(1, "b", 2), status(2, "b", 4), status(3, "c", 8));

      Table table = store.aggregate(counted(Grouping.by(STATUS), TimeRange.ALL, 1));

      assertThat(table.rows()).extracting(Table.Row::group).containsExactly(List.of("b"));
      assertThat(table.series()).isEqualTo(3);
      assertThat(table.other())
          .containsExactly(new Table.Row(List.of(), null, 2, List.of(9.0, 0.0, 1.0)));
    }

    @Test
    void seriesAreRankedByTheMeasureThatIsAskedFor() {
      List<Event> events = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        events.add(status(i, "s" + i % 3, 100 * (i % 3) + i / 30));
      }
      store.append(EventRows.batch(events));

      for (Measure by :
          List.of(
              new Measure.Percentile(DURATION, 50),
              new Measure.Distinct(DURATION),
              new Measure.Max(DURATION))) {
        Table table =
            store.aggregate(
                new Aggregation(
                    Filter.ALL, TimeRange.ALL, Grouping.by(STATUS), List.of(), new Top(by, 1)));
        String first = by instanceof Measure.Distinct ? "s0" : "s2";
        assertThat(table.rows())
            .as(by.name())
            .extracting(Table.Row::group)
            .containsExactly(List.of(first));
      }
    }

    @Test
    void timeIsCutIntoBucketsAcrossDays() {
      List<Event> events = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        events.add(event(i, "pf_1", Instant.parse("2025-01-01T00:00:00Z").plus(days(i))));
      }
      store.append(EventRows.batch(events));
      Grouping weeks = new Grouping(List.of(), new Step(7 * Micros.PER_DAY));

      Table table = store.aggregate(counted(weeks, TimeRange.ALL, 1));

      assertThat(table.rows()).hasSize(15);
      assertThat(table.rows().get(1).bucket())
          .isEqualTo(Micros.of(Instant.parse("2025-01-06T00:00:00Z")));
      assertThat(table.rows()).extracting(Table.Row::count).startsWith(5L, 7L, 7L);
      Table whole = store.aggregate(counted(Grouping.NONE, TimeRange.ALL, 1));
      assertThat(whole.rows()).extracting(Table.Row::count).containsExactly(100L);
    }

    private static Duration days(int days) {
      return Duration.ofDays(days);
    }

    @Test
    void manyDifferentValuesAreCountedWell() {
      List<Event> events = new ArrayList<>();
      for (int i = 0; i < 20_000; i++) {
        events.add(draft(i, "pf_1", NOON).set(Field.USER_ID, "u_" + i % 9_000).build());
      }
      store.append(EventRows.batch(events));
      Measure users = new Measure.Distinct(new FieldRef.Known(Field.USER_ID));

      Table table =
          store.aggregate(
              new Aggregation(
                  Filter.ALL, TimeRange.ALL, Grouping.NONE, List.of(users), Top.byCount(1)));

      assertThat(table.rows().getFirst().values().getFirst()).isCloseTo(9_000, withPercentage(3));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theStoreAnswersWhatTheAggregationSays(long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      List<Event> events = new RandomEvents(random).next(0, 250);
      store.append(EventRows.batch(events, 40));
      RandomAggregations aggregations = new RandomAggregations(random, events);

      for (int i = 0; i < 60; i++) {
        Aggregation aggregation = aggregations.next();
        new TableAssert(
                store.aggregate(aggregation), "seed %d, %d: %s".formatted(seed, i, aggregation))
            .isAsGoodAs(ExactAggregation.of(events, aggregation), aggregation);
      }
    }

    @Test
    void valuesAreTheMostFrequentWithAPrefix() {
      append(
          status(0, "error", 1),
          status(1, "exact", 1),
          status(2, "error", 1),
          status(3, null, 1),
          status(4, "ok", 1));

      assertThat(store.values(STATUS, Filter.ALL, TimeRange.ALL, "", 2))
          .containsExactly(new FieldValue("error", 2), new FieldValue("exact", 1));
      assertThat(store.values(STATUS, Filter.ALL, TimeRange.ALL, "o", 2))
          .containsExactly(new FieldValue("ok", 1));
      Filter slow = new Filter.Range(DURATION, 2, true, 9, true);
      assertThat(store.values(STATUS, slow, TimeRange.ALL, "", 2)).isEmpty();
    }

    private static Aggregation counted(Grouping grouping, TimeRange range, int limit) {
      List<Measure> measures =
          List.of(
              new Measure.Sum(DURATION),
              new Measure.ErrorRate(),
              new Measure.Distinct(new FieldRef.Known(Field.PROJECT_ID)));
      return new Aggregation(Filter.ALL, range, grouping, measures, Top.byCount(limit));
    }

    private static Event status(long position, @Nullable String status, double duration) {
      Event.Builder event = draft(position, "pf_1", NOON).set(Field.DURATION_MS, duration);
      return status == null ? event.build() : event.set(Field.STATUS, status).build();
    }
  }

  @Nested
  class Collapsing {

    private static final FieldRef STATUS = new FieldRef.Known(Field.STATUS);
    private static final FieldRef DURATION = new FieldRef.Known(Field.DURATION_MS);

    @Test
    void aFoldedEventIsNotStoredAndTheOneItIsFoldedIntoSaysHowManyItStandsFor() {
      store.append(flood(0, 6));

      assertThat(found(Filter.ALL)).extracting(Event::position).containsExactly(5L, 0L);
      assertThat(found(Filter.ALL)).extracting(Event::count).containsExactly(1L, 5L);
      assertThat(store.position()).isEqualTo(new Position(6));
      assertThat(store.days()).extracting(StoredDay::events).containsExactly(2L);
    }

    @Test
    void whatIsNotTheSameInAllIsNotStored() {
      EventBlock block = EventRows.batch(errors(0, 3)).blocks().getFirst();
      Folds folds = new Folds(3);
      folds.fold(1, 0);
      folds.differ(0, Field.USER_ID);
      store.append(new EventBatch(List.of(block.with(folds))));

      Event collapsed = found(Filter.ALL).getLast();
      assertThat(collapsed.text(Field.USER_ID)).isNull();
      assertThat(collapsed.text(Field.SESSION_ID)).isEqualTo("s_1");
      assertThat(found(Filter.ALL).getFirst().text(Field.USER_ID)).isEqualTo("u_2");
    }

    @Test
    void aBatchGivenTwiceIsCountedOnce() {
      store.append(flood(0, 6));
      store.append(flood(0, 6));
      reopen(Retention.ALL);
      store.append(flood(0, 6));
      store.append(flood(6, 4));

      assertThat(count(Filter.ALL)).isEqualTo(10);
      assertThat(found(Filter.ALL)).hasSize(4);
    }

    @Test
    void countsAreThoseOfAllEventsAndNumbersAreWeighed() {
      append(error(0, "error", 2, 9), error(1, "ok", 12, 1));
      List<Measure> measures =
          List.of(
              new Measure.Count(),
              new Measure.ErrorRate(),
              new Measure.Present(DURATION),
              new Measure.Sum(DURATION),
              new Measure.Avg(DURATION),
              new Measure.Percentile(DURATION, 90),
              new Measure.Percentile(DURATION, 95),
              new Measure.Distinct(STATUS));

      Table table =
          store.aggregate(
              new Aggregation(Filter.ALL, TimeRange.ALL, Grouping.NONE, measures, Top.byCount(1)));

      assertThat(table.rows())
          .containsExactly(
              new Table.Row(
                  List.of(), null, 10, List.of(10.0, 0.9, 10.0, 30.0, 3.0, 2.0, 12.0, 2.0)));
      assertThat(table.approximate()).contains(new Measure.Sum(DURATION));
      assertThat(store.values(STATUS, Filter.ALL, TimeRange.ALL, "", 2))
          .containsExactly(new FieldValue("error", 9), new FieldValue("ok", 1));
    }

    @Test
    void aHistogramCountsThemInTheirBucket() {
      append(
          error(0, "error", 2, 9), error(1, "error", 2, 4), event(2, "pf_1", NOON.plusSeconds(1)));
      Grouping seconds = new Grouping(List.of(), new Step(1_000_000));

      Table table =
          store.aggregate(
              new Aggregation(Filter.ALL, TimeRange.ALL, seconds, List.of(), Top.byCount(1)));

      assertThat(table.rows()).extracting(Table.Row::count).containsExactly(13L, 1L);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void theStoreAnswersWhatTheAggregationSays(long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      List<Event> events = new RandomEvents(random).collapsed().next(0, 250);
      store.append(EventRows.batch(events, 40));
      assertThat(found(Filter.ALL)).containsExactlyInAnyOrderElementsOf(events);
      RandomAggregations aggregations = new RandomAggregations(random, events);

      for (int i = 0; i < 60; i++) {
        Aggregation aggregation = aggregations.next();
        new TableAssert(
                store.aggregate(aggregation), "seed %d, %d: %s".formatted(seed, i, aggregation))
            .isAsGoodAs(ExactAggregation.of(events, aggregation), aggregation);
      }
    }

    @Test
    void theyAreFoundByHowManyTheyStandFor() {
      append(error(0, "error", 2, 9), error(1, "error", 2, 4), error(2, "error", 2, 1));
      FieldRef count = new FieldRef.Known(Field.COUNT);

      assertThat(found(new Filter.Range(count, 5, true, Double.POSITIVE_INFINITY, false)))
          .extracting(Event::position)
          .containsExactly(0L);
      assertThat(found(new Filter.Exists(count)))
          .extracting(Event::position)
          .containsExactly(1L, 0L);
    }

    @Test
    void maintenanceAndARestartChangeNoCount() {
      List<Event> events = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        events.add(error(i, i % 3 == 0 ? "error" : "ok", i, 1 + i % 5));
      }
      store.append(EventRows.batch(events));
      store.maintain(NOON.plus(Duration.ofDays(3)));
      assertThat(count(Filter.ALL)).isEqualTo(900);

      reopen(Retention.ALL);
      assertThat(count(Filter.ALL)).isEqualTo(900);
      assertThat(found(Filter.ALL)).hasSize(300);
    }

    @Test
    void aSampleWeighsThem() {
      List<Event> events = new ArrayList<>();
      for (int i = 0; i < 4_000; i++) {
        events.add(error(i, "ok", 1, 1));
      }
      events.add(error(4_000, "error", 1, 4_000));
      store.append(EventRows.batch(events));
      Sample sample =
          new Sample(Filter.ALL, TimeRange.ALL, Set.of(Field.STATUS, Field.COUNT), 800, 8_000);
      List<Event> sampled = new ArrayList<>();

      store.sample(sample, sampled::add);

      assertThat(sampled.stream().mapToLong(sample::weight).sum()).isBetween(700L, 900L);
      assertThat(sampled)
          .filteredOn(event -> event.count() > 1)
          .singleElement()
          .satisfies(event -> assertThat(sample.weight(event)).isEqualTo(400));
    }

    private long count(Filter filter) {
      Aggregation aggregation =
          new Aggregation(filter, TimeRange.ALL, Grouping.NONE, List.of(), Top.byCount(1));
      return store.aggregate(aggregation).rows().getFirst().count();
    }

    /** Equal errors, all of which but the last are stored as one. */
    private static EventBatch flood(long first, int count) {
      EventBlock block = EventRows.batch(errors(first, count)).blocks().getFirst();
      Folds folds = new Folds(count);
      for (int row = 1; row < count - 1; row++) {
        folds.fold(row, 0);
      }
      return new EventBatch(List.of(block.with(folds)));
    }

    private static List<Event> errors(long first, int count) {
      List<Event> events = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        events.add(
            draft(first + i, "pf_1", NOON)
                .set(Field.STATUS, "error")
                .set(Field.USER_ID, "u_" + i)
                .set(Field.SESSION_ID, "s_1")
                .build());
      }
      return events;
    }

    private static Event error(long position, String status, double duration, long count) {
      Event.Builder event =
          draft(position, "pf_1", NOON).set(Field.STATUS, status).set(Field.DURATION_MS, duration);
      return count == 1 ? event.build() : event.set(Field.COUNT, count).build();
    }
  }

  @Nested
  class Reading {

    private final List<Event> read = new ArrayList<>();

    private void read(Filter filter, TimeRange range, Set<Field> fields) {
      store.read(filter, range, fields, read::add);
    }

    /** A store with several threads may hand over what each of them has done. */
    @Test
    void manyAreReadInTheirOrderTooTimeAfterTime() {
      int count = 300_000;
      for (int first = 0; first < count; first += 10_000) {
        List<Event> events = new ArrayList<>();
        for (int i = first; i < first + 10_000; i++) {
          events.add(event(i, "pf_1", NOON.plusMillis((i * 7_919L) % 1_000_003)));
        }
        store.append(EventRows.batch(events));
      }
      for (int time = 0; time < 3; time++) {
        read.clear();
        read(Filter.ALL, TimeRange.ALL, Set.of(Field.TIMESTAMP));
        assertThat(read).hasSize(count);
        assertThat(read)
            .isSortedAccordingTo(
                Comparator.comparingLong(Event::timestampMicros)
                    .thenComparingLong(Event::position));
      }
    }

    @Test
    void allThatMatchAreReadInTheOrderOfTheirTimesAndOfEqualOnesByPosition() {
      List<Event> events = new ArrayList<>();
      for (int i = 0; i < 6_000; i++) {
        // Late ones of three days, and many of the same moment.
        Instant time = NOON.plus(Duration.ofMinutes((i * 7_919L) % 4_000));
        events.add(event(i, "pf_" + i % 4, time));
      }
      store.append(EventRows.batch(events));
      Filter ofProject = new Filter.In(new FieldRef.Known(Field.PROJECT_ID), Set.of("pf_1"));
      TimeRange range =
          new TimeRange(Micros.of(NOON.plusSeconds(60)), Micros.of(NOON.plus(Duration.ofDays(2))));

      read(ofProject, range, Set.of(Field.TIMESTAMP));

      List<Long> expected =
          events.stream()
              .filter(event -> event.projectId().equals("pf_1"))
              .filter(event -> event.timestampMicros() >= range.fromMicros())
              .filter(event -> event.timestampMicros() < range.toMicros())
              .sorted(
                  Comparator.comparingLong(Event::timestampMicros)
                      .thenComparingLong(Event::position))
              .map(Event::position)
              .toList();
      assertThat(expected).hasSizeGreaterThan(500);
      assertThat(read).extracting(Event::position).containsExactlyElementsOf(expected);
    }

    @Test
    void theFieldsThatAreAskedForAreThere() {
      append(
          draft(0, "pf_1", NOON).set(Field.MESSAGE, "one").set(Field.USER_ID, "u").build(),
          draft(1, "pf_1", NOON.plusSeconds(1)).build());

      read(Filter.ALL, TimeRange.ALL, Set.of(Field.MESSAGE, Field.TIMESTAMP));

      assertThat(read).extracting(event -> event.text(Field.MESSAGE)).containsExactly("one", null);
    }
  }

  @Nested
  class Sampling {

    private static final Set<Field> FIELDS = Set.of(Field.MESSAGE, Field.TIMESTAMP);

    private final List<Event> sampled = new ArrayList<>();

    @Test
    void whereNoMoreMatchAllAreSampledWithTheFieldsThatAreAskedFor() {
      Event first = draft(0, "pf_1", NOON).set(Field.MESSAGE, "one").build();
      Event second = draft(1, "pf_1", NOON.plus(Duration.ofDays(40))).build();
      append(first, second, event(2, "pf_2", NOON));
      Filter ofProject = new Filter.In(new FieldRef.Known(Field.PROJECT_ID), Set.of("pf_1"));

      sample(ofProject, TimeRange.ALL, 2, 2);

      assertThat(sampled).extracting(Event::position).containsExactlyInAnyOrder(0L, 1L);
      assertThat(sampled)
          .extracting(event -> event.text(Field.MESSAGE))
          .containsExactlyInAnyOrder("one", null);
      assertThat(sampled)
          .extracting(Event::timestampMicros)
          .containsExactlyInAnyOrder(first.timestampMicros(), second.timestampMicros());
    }

    @Test
    void ofManyEventsAboutAsManyAsAskedForAreSampledFromAllTimes() {
      List<Event> events = new ArrayList<>();
      for (int i = 0; i < 8_000; i++) {
        events.add(event(i, "pf_" + i % 4, NOON.plus(Duration.ofMinutes(i))));
      }
      store.append(EventRows.batch(events));

      sample(Filter.ALL, TimeRange.ALL, 1_000, 8_000);

      assertThat(sampled).hasSizeBetween(850, 1_150).doesNotHaveDuplicates();
      for (int part = 0; part < 4; part++) {
        long from = part * 2_000L;
        assertThat(sampled)
            .filteredOn(event -> event.position() >= from && event.position() < from + 2_000)
            .as("events from %d on", from)
            .hasSizeBetween(170, 330);
      }
      // A sender's rhythm does not decide.
      assertThat(sampled).filteredOn(event -> event.position() % 4 == 0).hasSizeBetween(170, 330);
    }

    @Test
    void aSampleIsTheSameEachTime() {
      store.append(EventRows.batch(series(0, 3_000)));

      sample(Filter.ALL, TimeRange.ALL, 100, 3_000);
      List<Long> first = sampled.stream().map(Event::position).toList();
      sampled.clear();
      sample(Filter.ALL, TimeRange.ALL, 100, 3_000);

      assertThat(sampled).extracting(Event::position).containsExactlyElementsOf(first);
    }

    @Test
    void anEmptyRangeHasNoSample() {
      append(event(0, "pf_1", NOON));

      sample(Filter.ALL, new TimeRange(NOON_MICROS, NOON_MICROS), 10, 0);

      assertThat(sampled).isEmpty();
    }

    private void sample(Filter filter, TimeRange range, int about, long of) {
      store.sample(new Sample(filter, range, FIELDS, about, of), sampled::add);
    }
  }

  @Nested
  class Restarting {

    @Test
    void whatWasStoredIsThereAfterARestart() {
      List<Event> events = new RandomEvents(new SplittableRandom(5)).next(0, 200);
      store.append(EventRows.batch(events));
      reopen(Retention.ALL);

      assertThat(store.position()).isEqualTo(new Position(200));
      assertThat(found(Filter.ALL)).containsExactlyElementsOf(sorted(events, Order.NEWEST_FIRST));
      assertThat(store.find(events.get(7).eventId())).isPresent();
    }

    @Test
    void appendingGoesOnAfterARestart() {
      List<Event> events = series(0, 100);
      store.append(EventRows.batch(events.subList(0, 60)));
      reopen(Retention.ALL);
      store.append(EventRows.batch(events.subList(40, 100)));

      assertThat(found(Filter.ALL)).containsExactlyInAnyOrderElementsOf(events);
    }

    @Test
    void closingTwiceIsFine() {
      store.close();
      store.close();
    }
  }

  @Nested
  class LateAndWildTimes {

    @Test
    void eventsOfAnyDayAreStoredAndFoundInOrder() {
      List<Event> events = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        // 2000 to 2040, in no order.
        events.add(event(i, "pf_1", Instant.parse("2000-01-01T00:00:00Z").plus(days(i))));
      }
      store.append(EventRows.batch(events.subList(0, 80)));
      store.append(EventRows.batch(events.subList(80, 100)));

      assertThat(pages(Filter.ALL, TimeRange.ALL, Order.OLDEST_FIRST, 40))
          .containsExactlyElementsOf(sorted(events, Order.OLDEST_FIRST));
    }

    private static Duration days(int i) {
      return Duration.ofDays(i * 7_919L % 14_600);
    }

    @Test
    void aLateEventIsFoundAmongThoseOfItsTime() {
      append(event(0, "pf_1", NOON), event(1, "pf_1", NOON.plus(Duration.ofDays(2))));
      append(event(2, "pf_1", NOON.plusSeconds(1)));

      assertThat(found(Filter.ALL)).extracting(Event::position).containsExactly(1L, 2L, 0L);
    }
  }

  @Nested
  class Maintaining {

    private final Instant later = NOON.plus(Duration.ofDays(10));

    @Test
    void maintenanceChangesNoAnswer() {
      List<Event> events = new RandomEvents(new SplittableRandom(6)).next(0, 300);
      store.append(EventRows.batch(events));
      store.maintain(later);

      assertThat(found(Filter.ALL)).containsExactlyElementsOf(sorted(events, Order.NEWEST_FIRST));
      assertThat(store.find(events.get(9).eventId())).isPresent();
      assertThat(store.position()).isEqualTo(new Position(300));
    }

    @Test
    void eventsAfterMaintenanceAreStoredToo() {
      List<Event> events = series(0, 90);
      store.append(EventRows.batch(events.subList(0, 60)));
      store.maintain(later);
      store.append(EventRows.batch(events.subList(30, 90)));
      store.maintain(later);
      reopen(Retention.ALL);

      assertThat(found(Filter.ALL)).containsExactlyInAnyOrderElementsOf(events);
    }

    @Test
    void eventsAreDroppedWhenTheirTimeIsOver() {
      append(event(0, "pf_1", NOON), event(1, "pf_1", NOON.plus(Duration.ofDays(8))));
      reopen(new Retention(5, Map.of()));
      store.maintain(NOON.plus(Duration.ofDays(5)));
      assertThat(found(Filter.ALL)).extracting(Event::position).containsExactly(1L, 0L);

      store.maintain(NOON.plus(Duration.ofDays(6)));
      assertThat(found(Filter.ALL)).extracting(Event::position).containsExactly(1L);
    }

    @Test
    void aLateEventWhoseTimeIsOverIsTakenAndDroppedTheNextTime() {
      append(event(0, "pf_1", NOON));
      reopen(new Retention(5, Map.of()));
      store.maintain(later);
      append(event(1, "pf_1", NOON), event(2, "pf_1", later));

      assertThat(found(Filter.ALL)).extracting(Event::position).containsExactly(2L, 1L);
      store.maintain(later);
      assertThat(found(Filter.ALL)).extracting(Event::position).containsExactly(2L);
    }

    @Test
    void aProjectMayHaveATimeOfItsOwn() {
      append(event(0, "short", NOON), event(1, "pf_1", NOON), event(2, "ever", NOON));
      reopen(new Retention(8, Map.of("short", 2, "ever", Retention.FOR_EVER)));

      store.maintain(NOON.plus(Duration.ofDays(2)));
      assertThat(found(Filter.ALL)).hasSize(3);
      store.maintain(NOON.plus(Duration.ofDays(3)));
      assertThat(found(Filter.ALL)).extracting(Event::position).containsExactly(2L, 1L);
      store.maintain(NOON.plus(Duration.ofDays(9)));
      assertThat(found(Filter.ALL)).extracting(Event::position).containsExactly(2L);
      store.maintain(NOON.plus(Duration.ofDays(9_000)));
      assertThat(found(Filter.ALL)).extracting(Event::position).containsExactly(2L);
    }
  }

  @Nested
  class ReadingWhileWriting {

    private static final int BATCHES = 20;
    private static final int BATCH = 250;

    @Test
    void manyReadersSeeWholeBatchesInOrderWhileOthersAreWritten() throws Exception {
      List<Event> events = series(0, BATCHES * BATCH);
      AtomicBoolean written = new AtomicBoolean();
      try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<?>> reading = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          reading.add(readers.submit(() -> read(events, written)));
        }
        try {
          for (int i = 0; i < BATCHES; i++) {
            store.append(EventRows.batch(events.subList(i * BATCH, (i + 1) * BATCH)));
          }
        } finally {
          written.set(true);
        }
        for (Future<?> reader : reading) {
          reader.get();
        }
      }
      assertThat(found(Filter.ALL)).hasSize(events.size());
    }

    private void read(List<Event> events, AtomicBoolean written) {
      while (!written.get()) {
        int stored = (int) store.position().value();
        List<Event> seen = new ArrayList<>();
        Cursor cursor = null;
        do {
          Page<Event> page =
              store.search(
                  new Search(Filter.ALL, TimeRange.ALL, Order.OLDEST_FIRST, cursor, 3_000));
          seen.addAll(page.items());
          cursor = page.next();
        } while (cursor != null);
        assertThat(seen).hasSizeGreaterThanOrEqualTo(stored);
        assertThat(seen.size() % BATCH).as("whole batches").isZero();
        assertThat(seen).isEqualTo(events.subList(0, seen.size()));
      }
    }
  }

  @Nested
  class Stopping {

    @Test
    void whatIsStoppedEndsWithoutAnAnswerAndOthersAreAnswered() {
      append(event(0, "pf_1", NOON));
      RunningQuery query = new RunningQuery();
      query.stop(RunningQuery.Stop.CLIENT_GONE);

      assertThatThrownBy(() -> query.run(() -> page(1, null)))
          .isInstanceOfSatisfying(
              QueryStoppedException.class,
              stopped -> assertThat(stopped.reason()).isEqualTo(RunningQuery.Stop.CLIENT_GONE));
      assertThatThrownBy(() ->
              query.run(() ->
                  store.values(
                      new FieldRef.Known(Field.STATUS), Filter.ALL, TimeRange.ALL, "", 10)))
          .isInstanceOf(QueryStoppedException.class);
      assertThat(page(1, null).items()).hasSize(1);
    }
  }

  @Nested
  class Days {

    private final long day = NOON_MICROS / Micros.PER_DAY;

    private List<Long> counted() {
      return store.days().stream().map(StoredDay::events).toList();
    }

    @Test
    void anEmptyStoreHasNone() {
      assertThat(store.days()).isEmpty();
    }

    @Test
    void eachHasItsEventsTheOldestFirst() {
      append(
          event(0, "pf_1", NOON),
          event(1, "pf_1", NOON.minus(Duration.ofDays(2))),
          event(2, "pf_2", NOON));
      assertThat(store.days()).extracting(StoredDay::day).containsExactly(day - 2, day);
      assertThat(counted()).containsExactly(1L, 2L);
      assertThat(store.days()).allMatch(each -> each.bytes() >= 0);
    }

    @Test
    void theyAreTheSameAfterARestart() {
      append(event(0, "pf_1", NOON), event(1, "pf_1", NOON.plus(Duration.ofDays(1))));
      reopen(Retention.ALL);
      assertThat(store.days()).extracting(StoredDay::day).containsExactly(day, day + 1);
      assertThat(counted()).containsExactly(1L, 1L);
    }

    @Test
    void whatIsDroppedIsNotAmongThem() {
      append(event(0, "pf_1", NOON), event(1, "pf_1", NOON.plus(Duration.ofDays(8))));
      reopen(new Retention(5, Map.of()));
      store.maintain(NOON.plus(Duration.ofDays(6)));
      assertThat(store.days()).extracting(StoredDay::day).containsExactly(day + 8);
    }
  }

  @Nested
  class Checking {

    @Test
    void anOpenStoreIsHealthyAndAClosedOneIsNot() {
      append(event(0, "pf_1", NOON));
      assertThat(store.check().healthy()).isTrue();
      assertThat(store.check().detail()).contains("1 event");

      store.close();
      assertThat(store.check().healthy()).isFalse();
    }
  }

  private static Event event(long position, String projectId, Instant time) {
    return draft(position, projectId, time).build();
  }

  private static Event given(long position, String projectId, Instant time, String eventId) {
    return draft(position, projectId, time).set(Field.EVENT_ID, eventId).build();
  }

  /** Received at noon, whenever it happened. */
  private static Event.Builder draft(long position, String projectId, Instant time) {
    return Event.at(position)
        .set(Field.PROJECT_ID, projectId)
        .set(Field.TIMESTAMP, Micros.of(time))
        .set(Field.RECEIVED_AT, NOON_MICROS);
  }

  /** Events of one day, a second apart. */
  private static List<Event> series(long first, int count) {
    List<Event> events = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      events.add(event(first + i, "pf_" + i % 7, NOON.plusSeconds(first + i)));
    }
    return events;
  }

  private void append(Event... events) {
    store.append(EventRows.batch(List.of(events)));
  }

  private Page<Event> page(int limit, @Nullable Cursor after) {
    return store.search(new Search(Filter.ALL, TimeRange.ALL, Order.NEWEST_FIRST, after, limit));
  }

  /** All events that a filter means, the newest first. */
  protected List<Event> found(Filter filter) {
    return pages(filter, TimeRange.ALL, Order.NEWEST_FIRST, Search.MAX_LIMIT);
  }

  private List<Event> pages(Filter filter, TimeRange range, Order order, int limit) {
    List<Event> events = new ArrayList<>();
    Set<Cursor> cursors = new HashSet<>();
    Cursor cursor = null;
    do {
      Page<Event> page = store.search(new Search(filter, range, order, cursor, limit));
      assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
      events.addAll(page.items());
      cursor = page.next();
      assertThat(cursor == null || cursors.add(cursor)).as("the cursor moves on").isTrue();
    } while (cursor != null);
    return events;
  }

  private static List<Event> sorted(List<Event> events, Order order) {
    Comparator<Event> oldestFirst =
        Comparator.comparingLong(Event::timestampMicros).thenComparingLong(Event::position);
    return events.stream()
        .sorted(order == Order.OLDEST_FIRST ? oldestFirst : oldestFirst.reversed())
        .toList();
  }
}
