package io.puraify.blackbox.engine.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.EventBlock;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Folds;
import io.puraify.blackbox.storage.contract.EventRows;
import io.puraify.blackbox.storage.contract.RandomEvents;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventDigestTest {

  private static final List<Event> EVENTS = new RandomEvents(new Random(11)).next(1_000, 2_000);

  private static byte[] digest(Event event) {
    byte[] digest = new byte[Sha256.BYTES];
    new EventDigest().of(event, digest, 0);
    return digest;
  }

  @Test
  void theJournalAndAnEventThatWasReadHaveTheSameDigest() {
    EventDigest digest = new EventDigest();
    byte[] own = new byte[Sha256.BYTES];
    int at = 0;
    for (EventBlock block : EventRows.batch(EVENTS, 100).blocks()) {
      for (int row = 0; row < block.rows(); row++) {
        digest.of(block, row, own, 0);
        assertThat(own).as("%s", block.event(row)).isEqualTo(digest(block.event(row)));
        assertThat(own).isEqualTo(digest(EVENTS.get(at++)));
      }
    }
    assertThat(at).isEqualTo(EVENTS.size());
  }

  @Test
  void whatIsStoredAsOneHasTheDigestOfTheOneThatIsStored() {
    EventBlock plain = EventRows.batch(EVENTS, 20).blocks().getFirst();
    assertThat(plain.rows()).isGreaterThan(2);
    Folds folds = new Folds(plain.rows());
    folds.fold(1, 0);
    Folds.IDS.forEach(id -> folds.differ(0, id));
    EventBlock block = plain.with(folds);
    EventDigest digest = new EventDigest();
    byte[] own = new byte[Sha256.BYTES];

    digest.of(block, 0, own, 0);
    assertThat(own)
        .isEqualTo(digest(block.stored(0).orElseThrow()))
        .isNotEqualTo(digest(block.event(0)));
    digest.of(block, 1, own, 0);
    assertThat(own).containsOnly(0);
    digest.of(block, 2, own, 0);
    assertThat(own).isEqualTo(digest(block.event(2)));
  }

  @Test
  void theFormIsThatOfVersionTwoForEver() {
    Event event =
        Event.at(7)
            .set(Field.PROJECT_ID, "p")
            .set(Field.TIMESTAMP, 1)
            .set(Field.RECEIVED_AT, 2)
            .set(Field.DURATION_MS, 0.5)
            .build();
    assertThat(HexFormat.of().formatHex(new EventDigest().form(event)))
        .isEqualTo(
            "02"
                + "0000000000000007"
                + "020000000170"
                + "030000000000000001"
                + "040000000000000002"
                + "0f3fe0000000000000");
  }

  @Test
  void anEventIsReadFromItsForm() {
    EventDigest digest = new EventDigest();
    for (Event event : EVENTS) {
      byte[] form = digest.form(event);
      assertThat(CanonicalForm.parse(form)).isEqualTo(event);
      assertThat(Sha256.of(form)).isEqualTo(digest(event));
    }
  }

  @Test
  void whatBreaksOffIsNoEvent() {
    byte[] form = new EventDigest().form(EVENTS.getFirst());
    for (int length = 0; length < form.length; length++) {
      byte[] part = Arrays.copyOf(form, length);
      // A part that ends where a field does is an event with fewer fields, and so another one.
      try {
        assertThat(CanonicalForm.parse(part)).isNotEqualTo(EVENTS.getFirst());
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageContaining("event");
      }
    }
    assertThatIllegalArgumentException().isThrownBy(() -> CanonicalForm.parse(new byte[] {1}));
  }
}
