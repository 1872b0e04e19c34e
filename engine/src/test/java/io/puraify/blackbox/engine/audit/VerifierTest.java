package io.puraify.blackbox.engine.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.engine.audit.Finding.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What somebody could do to the store and the state, and what verification says of it. */
class VerifierTest {

  @TempDir Path folder;

  /**
   * Something that is done to a trail of 2,000 events: four checkpoints, at 500, 1,000, 1,500 and
   * 2,000, each of two leaves.
   *
   * @param kind of the finding
   * @param from the least that it may say is damaged
   * @param to behind the most
   */
  record Tampering(String name, Consumer<AuditFixture> deed, Kind kind, long from, long to) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Consumer<AuditFixture> store(UnaryOperator<List<Event>> change) {
    return fixture -> fixture.store.alter(change);
  }

  private static Consumer<AuditFixture> event(int position, UnaryOperator<Event> change) {
    return store(events -> {
      List<Event> changed = new ArrayList<>(events);
      changed.set(position, change.apply(events.get(position)));
      return changed;
    });
  }

  private static Consumer<AuditFixture> sql(String statement, Object... parameters) {
    return fixture -> fixture.sql(statement, parameters);
  }

  private static Event.Builder copy(Event event, long position) {
    Event.Builder copy = Event.at(position);
    for (Field field : Field.values()) {
      switch (field.kind()) {
        case LABEL, ID, TEXT, JSON -> {
          String text = event.given(field);
          if (text != null) {
            copy.set(field, text);
          }
        }
        case TIME, INTEGER -> {
          Long value = event.integer(field);
          if (value != null) {
            copy.set(field, value);
          }
        }
        case DECIMAL -> {
          Double value = event.decimal(field);
          if (value != null) {
            copy.set(field, value);
          }
        }
      }
    }
    return copy;
  }

  static UnaryOperator<Event> with(Field field, String text) {
    return event -> copy(event, event.position()).set(field, text).build();
  }

  static Event moved(Event event, long position) {
    return copy(event, position).build();
  }

  private static List<Event> plus(List<Event> events, Event more) {
    return Stream.concat(events.stream(), Stream.of(more)).toList();
  }

  static Stream<Tampering> tamperings() {
    return Stream.of(
        new Tampering(
            "a changed message",
            event(600, with(Field.MESSAGE, "all is well")),
            Kind.EVENT_ALTERED,
            600,
            601),
        new Tampering(
            "a changed attribute",
            event(0, with(Field.ATTRIBUTES, "{\"amount\":1}")),
            Kind.EVENT_ALTERED,
            0,
            1),
        new Tampering(
            "another user",
            event(1_999, with(Field.USER_ID, "somebody else")),
            Kind.EVENT_ALTERED,
            1_999,
            2_000),
        new Tampering(
            "another project",
            event(1_000, with(Field.PROJECT_ID, "somebody else's")),
            Kind.EVENT_ALTERED,
            1_000,
            1_001),
        new Tampering(
            "another time of receipt",
            event(
                701,
                event ->
                    copy(event, 701).set(Field.RECEIVED_AT, event.receivedAtMicros() - 1).build()),
            Kind.EVENT_ALTERED,
            701,
            702),
        new Tampering(
            "another event id",
            event(702, with(Field.EVENT_ID, "another")),
            Kind.EVENT_ALTERED,
            702,
            703),
        new Tampering(
            "a back-dated event",
            event(
                700,
                event ->
                    copy(event, 700).set(Field.TIMESTAMP, event.timestampMicros() - 1).build()),
            Kind.EVENT_ALTERED,
            700,
            701),
        new Tampering(
            "a field moved to another",
            event(
                10,
                event ->
                    Event.at(10)
                        .set(Field.PROJECT_ID, event.projectId())
                        .set(Field.TIMESTAMP, event.timestampMicros())
                        .set(Field.RECEIVED_AT, event.receivedAtMicros())
                        .set(Field.RUN_ID, "moved")
                        .build()),
            Kind.EVENT_ALTERED,
            10,
            11),
        new Tampering(
            "a removed event",
            store(events -> events.stream().filter(event -> event.position() != 600).toList()),
            Kind.EVENT_MISSING,
            600,
            601),
        new Tampering(
            "a second event at a position",
            store(events -> plus(events, events.get(600))),
            Kind.EVENT_INSERTED,
            600,
            601),
        new Tampering(
            "an event behind the last",
            store(events -> plus(events, moved(events.get(5), 5_000))),
            Kind.EVENT_INSERTED,
            5_000,
            5_001),
        new Tampering(
            "an event before the first",
            store(events -> plus(events, moved(events.get(5), -1))),
            Kind.EVENT_INSERTED,
            -1,
            0),
        new Tampering(
            "two events in each other's place",
            store(events -> {
              List<Event> changed = new ArrayList<>(events);
              changed.set(600, moved(events.get(900), 600));
              changed.set(900, moved(events.get(600), 900));
              return changed;
            }),
            Kind.EVENT_ALTERED,
            600,
            601),
        new Tampering(
            "a store without its end",
            store(events -> events.subList(0, 1_400)),
            Kind.EVENT_MISSING,
            1_400,
            1_401),
        new Tampering("an empty store", store(events -> List.of()), Kind.EVENT_MISSING, 0, 1),
        new Tampering(
            "leaves that are gone",
            sql("DELETE FROM audit_leaves WHERE leaf >= 5"),
            Kind.TREE,
            1_256,
            1_500),
        new Tampering(
            "a leaf in between that is gone",
            sql("DELETE FROM audit_leaves WHERE leaf = 2"),
            Kind.TREE,
            500,
            756),
        new Tampering(
            "another leaf",
            sql("UPDATE audit_leaves SET hash = ? WHERE leaf = 2", new byte[32]),
            Kind.TREE,
            500,
            1_000),
        new Tampering(
            "a changed event, and a leaf that fits it",
            fixture -> {
              event(600, with(Field.MESSAGE, "all is well")).accept(fixture);
              List<Event> changed = new ArrayList<>();
              fixture.store.scan(500, 756, changed::add);
              LeafWindow window = new LeafWindow(List.of(new Leaf(2, 500, 256, new byte[32])));
              changed.forEach(each -> window.put(each, new EventDigest()));
              fixture.sql(
                  "UPDATE audit_leaves SET hash = ? WHERE leaf = 2",
                  (Object) Leaf.of(2, 500, 256, window.digests(0)).hash());
            },
            Kind.TREE,
            500,
            1_000),
        new Tampering(
            "a leaf of another size",
            sql("UPDATE audit_leaves SET events = 0 WHERE leaf = 2"),
            Kind.TREE,
            500,
            501),
        new Tampering(
            "another checkpoint",
            sql("UPDATE audit_checkpoints SET root = ? WHERE number = 1", new byte[32]),
            Kind.CHECKPOINT_CHAIN,
            1,
            3),
        new Tampering(
            "a checkpoint that is gone",
            sql("DELETE FROM audit_checkpoints WHERE number = 1"),
            Kind.CHECKPOINT_CHAIN,
            1,
            2),
        new Tampering(
            "another last checkpoint",
            sql("UPDATE audit_checkpoints SET root = ? WHERE number = 3", new byte[32]),
            Kind.CHECKPOINT_SIGNATURE,
            3,
            4),
        new Tampering(
            "a last checkpoint that is gone",
            sql("DELETE FROM audit_checkpoints WHERE number = 3"),
            Kind.ANCHOR,
            3,
            4),
        new Tampering(
            "a part of a gap that no record has",
            fixture -> {
              store(events -> events.subList(0, 1_756)).accept(fixture);
              fixture.sql(
                  "INSERT INTO audit_gap_parts (gap, leaf, digests) VALUES (0, 7, ?)",
                  (Object) new byte[0]);
            },
            Kind.EVENT_MISSING,
            1_756,
            1_757),
        new Tampering(
            "a gap record without the key",
            fixture -> {
              store(events -> events.subList(0, 1_756)).accept(fixture);
              var parts = Sha256.digest();
              GapPart.whole(7).addTo(parts);
              fixture.sql(
                  "INSERT INTO audit_gaps (number, micros, day, events, parts, previous, signature)"
                      + " VALUES (0, 0, 0, 244, ?, ?, ?)",
                  parts.digest(),
                  new byte[32],
                  new byte[64]);
              fixture.sql(
                  "INSERT INTO audit_gap_parts (gap, leaf, digests) VALUES (0, 7, ?)",
                  (Object) new byte[0]);
            },
            Kind.GAP_SIGNATURE,
            0,
            1),
        new Tampering(
            "a gap record that is none",
            sql(
                "INSERT INTO audit_gaps (number, micros, day, events, parts, previous, signature)"
                    + " VALUES (0, 0, 9223372036854775807, 1, ?, ?, ?)",
                new byte[32],
                new byte[32],
                new byte[64]),
            Kind.UNREADABLE,
            0,
            1));
  }

  private AuditFixture signed(String name) {
    AuditFixture fixture = new AuditFixture(folder(name));
    for (int i = 0; i < 4; i++) {
      fixture.appendAndSign(500);
    }
    return fixture;
  }

  private Path folder(String name) {
    Path made = folder.resolve(name);
    made.toFile().mkdirs();
    return made;
  }

  @ParameterizedTest
  @MethodSource("tamperings")
  void whatWasDoneIsFoundAndWhere(Tampering tampering) {
    try (AuditFixture fixture = signed("one")) {
      assertThat(fixture.trail.verify().finding()).isNull();
      tampering.deed.accept(fixture);

      Finding finding = fixture.trail.verify().finding();

      assertThat(finding).isNotNull();
      assertThat(finding.kind()).as(finding.detail()).isEqualTo(tampering.kind);
      assertThat(finding.from()).as(finding.detail()).isLessThanOrEqualTo(tampering.from);
      assertThat(finding.to()).as(finding.detail()).isGreaterThanOrEqualTo(tampering.to - 1);
    }
  }

  /** A trail whose positions 100 to 899 are one stored event, over more than three leaves. */
  private AuditFixture flooded() {
    AuditFixture fixture = new AuditFixture(folder);
    fixture.append(100);
    fixture.flood(800);
    fixture.appendAndSign(100);
    return fixture;
  }

  @Test
  void whatIsStoredAsOneIsProvenAndCounted() {
    try (AuditFixture fixture = flooded()) {
      Verification verified = fixture.trail.verify();

      assertThat(verified.finding()).isNull();
      assertThat(verified.events()).isEqualTo(201);
      assertThat(verified.folded()).isEqualTo(799);
      assertThat(verified.removed()).isZero();
    }
  }

  @Test
  void whatIsStoredAsOneMayBeRemovedLawfully() {
    try (AuditFixture fixture = flooded()) {
      fixture.expire(position -> position >= 50 && position <= 100);

      Verification verified = fixture.trail.verify();
      assertThat(verified.finding()).isNull();
      assertThat(verified.removed()).isEqualTo(51);
      assertThat(verified.folded()).isEqualTo(799);
    }
  }

  /** What could be done to an event that stands for several. */
  record Fraud(String name, Function<Event, List<Event>> deed) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Fraud> frauds() {
    return Stream.of(
        new Fraud(
            "counted as fewer",
            event -> List.of(copy(event, event.position()).set(Field.COUNT, 799).build())),
        new Fraud("counted as one", event -> List.of(withoutCount(event))),
        new Fraud("removed", event -> List.of()),
        new Fraud("doubled", event -> List.of(event, copy(event, 101).build())));
  }

  private static Event withoutCount(Event event) {
    return Event.at(event.position())
        .set(Field.PROJECT_ID, event.projectId())
        .set(Field.STATUS, "error")
        .set(Field.TIMESTAMP, event.timestampMicros())
        .set(Field.RECEIVED_AT, event.receivedAtMicros())
        .build();
  }

  @ParameterizedTest
  @MethodSource("frauds")
  void aCountThatIsNotTheRecordedOneIsFound(Fraud fraud) {
    try (AuditFixture fixture = flooded()) {
      fixture.store.alter(events ->
          events.stream()
              .flatMap(event ->
                  event.position() == 100 ? fraud.deed.apply(event).stream() : Stream.of(event))
              .toList());

      assertThat(fixture.trail.verify().finding()).isNotNull();
    }
  }

  @Test
  void anEventOfEachFieldThatDiffersIsFound() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (AuditFixture fixture = signed("one")) {
      for (Field field : Field.values()) {
        int position = random.nextInt(2_000);
        event(position, event -> without(event, field, random)).accept(fixture);

        Finding finding = fixture.trail.verify().finding();

        assertThat(finding).as("%s at %d with seed %d", field, position, seed).isNotNull();
        assertThat(finding.kind()).isEqualTo(Kind.EVENT_ALTERED);
        assertThat(position).isBetween((int) finding.from(), (int) finding.to() - 1);
        fixture.store.alter(events -> fixture.events);
      }
      assertThat(fixture.trail.verify().holds()).isTrue();
    }
  }

  /** The event with another value of a field. */
  private static Event without(Event event, Field field, Random random) {
    Event.Builder changed = copy(event, event.position());
    return switch (field.kind()) {
      case LABEL, ID, TEXT, JSON ->
          changed
              .set(field, event.given(field) + Character.toString('a' + random.nextInt(26)))
              .build();
      case TIME, INTEGER -> {
        Long value = event.integer(field);
        yield changed.set(field, value == null ? 0 : value ^ 1L << random.nextInt(62)).build();
      }
      case DECIMAL -> {
        Double value = event.decimal(field);
        yield changed.set(field, value == null ? 0 : Math.nextUp(value)).build();
      }
    };
  }

  @Test
  void whatHoldsIsSaidInNumbers() {
    try (AuditFixture fixture = signed("one")) {
      fixture.append(300);

      Verification verification = fixture.trail.verify();

      assertThat(verification.finding()).isNull();
      assertThat(verification.events()).isEqualTo(2_300);
      assertThat(verification.unsigned()).isZero();
      assertThat(verification.pending()).isZero();
      assertThat(verification.checkpoints()).isEqualTo(5);
      assertThat(verification.fromMicros())
          .isEqualTo(fixture.events.stream().mapToLong(Event::timestampMicros).min().orElseThrow());
    }
  }

  @Test
  void withAnotherKeyNothingHolds() {
    try (AuditFixture one = signed("one");
        AuditFixture other = signed("other")) {
      LiveSource source = new LiveSource(one.state, one.store, () -> 2_000);

      assertThat(new Verifier(source, one.trail.publicKey()).run(sink -> {}).holds()).isTrue();
      Finding finding = new Verifier(source, other.trail.publicKey()).run(sink -> {}).finding();
      assertThat(finding).isNotNull();
      assertThat(finding.kind()).isEqualTo(Kind.CHECKPOINT_SIGNATURE);
    }
  }

  @Test
  void lawfulRemovalsAreNoFinding() {
    try (AuditFixture fixture = signed("one")) {
      fixture.expire(position -> position < 300);
      fixture.expire(position -> position % 3 == 0 && position < 1_200);
      // The rest of leaves of which some is gone.
      fixture.expire(position -> position >= 300 && position < 700 && position % 3 != 0);

      Verification verification = fixture.trail.verify();

      assertThat(verification.finding()).isNull();
      assertThat(verification.removed()).isEqualTo(700 + 166);
      assertThat(verification.events()).isEqualTo(2_000 - 866);
      fixture.store.alter(
          events -> events.stream().filter(event -> event.position() != 1_300).toList());
      Finding finding = fixture.trail.verify().finding();
      assertThat(finding).isNotNull();
      assertThat(finding.kind()).isEqualTo(Kind.EVENT_MISSING);
      assertThat(finding.from()).isEqualTo(1_300);
    }
  }

  @Test
  void whatWasAnnouncedAndIsThereStillHolds() {
    try (AuditFixture fixture = signed("one")) {
      fixture.announce(position -> position < 300);
      assertThat(fixture.trail.verify().holds()).isTrue();
      // Tried again after a crash, with more.
      fixture.expire(position -> position < 320);
      Verification verification = fixture.trail.verify();
      assertThat(verification.finding()).isNull();
      assertThat(verification.removed()).isEqualTo(320);
    }
  }

  @Test
  void aGapRecordThatWasChangedIsFound() {
    try (AuditFixture fixture = signed("one")) {
      fixture.expire(position -> position < 300);
      assertThat(fixture.trail.verify().holds()).isTrue();
      fixture.sql("UPDATE audit_gaps SET events = 3");
      assertThat(fixture.trail.verify().finding())
          .isNotNull()
          .extracting(Finding::kind)
          .isEqualTo(Kind.GAP_CHAIN);
      fixture.sql("UPDATE audit_gaps SET events = 300");
      fixture.sql("UPDATE audit_gap_parts SET leaf = 6 WHERE leaf = 0");
      assertThat(fixture.trail.verify().finding())
          .isNotNull()
          .extracting(Finding::kind)
          .isEqualTo(Kind.GAP_CHAIN);
    }
  }
}
