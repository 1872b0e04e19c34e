package io.puraify.blackbox.engine.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditConsumerTest {

  @TempDir Path folder;

  private Path folder(String name) {
    Path made = folder.resolve(name);
    made.toFile().mkdirs();
    return made;
  }

  private static List<String> leaves(AuditFixture fixture) {
    return fixture.consumer.read(tables ->
        tables.leaves(0, 1_000).stream()
            .map(leaf ->
                "%d %d %d %s"
                    .formatted(
                        leaf.number(), leaf.first(), leaf.events(), Base64Text.of(leaf.hash())))
            .toList());
  }

  @Test
  void batchesAndCrashesChangeNoLeaf() {
    try (AuditFixture whole = new AuditFixture(folder("whole"));
        AuditFixture parts = new AuditFixture(folder("parts"))) {
      Random random = new Random(3);
      while (parts.events.size() < 3_000) {
        int count = 1 + random.nextInt(700);
        parts.append(count);
        whole.append(count);
        if (random.nextInt(3) == 0) {
          parts.restart();
        }
      }
      assertThat(leaves(parts)).isEqualTo(leaves(whole)).hasSizeGreaterThan(10);
      assertThat(parts.trail.verify().holds()).isTrue();
    }
  }

  @Test
  void aCheckpointIsMadeOnlyWhereThereIsSomethingNew() {
    try (AuditFixture fixture = new AuditFixture(folder)) {
      assertThat(fixture.consumer.checkpoint()).isEmpty();
      fixture.appendAndSign(10);
      assertThat(fixture.consumer.checkpoint()).isEmpty();
      fixture.expire(position -> position == 3);
      assertThat(fixture.consumer.checkpoint()).isPresent();
      fixture.restart();
      assertThat(fixture.consumer.checkpoint()).isEmpty();
      assertThat(fixture.trail.before(Optional.empty(), 10))
          .extracting(each -> each.content().number())
          .containsExactly(1L, 0L);
    }
  }

  @Test
  void everyEventIsProvenAndNoOther() {
    try (AuditFixture fixture = new AuditFixture(folder)) {
      fixture.appendAndSign(700);
      fixture.append(100);
      fixture.expire(position -> position % 7 == 0);
      AuditPublicKey key = fixture.trail.publicKey();
      for (Event event : fixture.events) {
        if (event.position() % 7 != 0) {
          InclusionProof proof = fixture.trail.prove(event).orElseThrow();
          assertThat(proof.holds(event, key)).isTrue();
          Event altered = VerifierTest.with(Field.MESSAGE, "all is well").apply(event);
          assertThat(proof.holds(altered, key)).isFalse();
          Event moved = VerifierTest.moved(event, event.position() ^ 1);
          assertThat(proof.holds(moved, key)).isFalse();
        }
      }
    }
  }

  @Test
  void eachCheckpointIsConsistentWithEveryLaterOne() {
    try (AuditFixture fixture = new AuditFixture(folder)) {
      for (int i = 0; i < 9; i++) {
        fixture.appendAndSign(300 * (i + 1));
      }
      AuditPublicKey key = fixture.trail.publicKey();
      for (long first = 0; first < 9; first++) {
        for (long second = first; second < 9; second++) {
          ConsistencyProof proof = fixture.trail.prove(first, second).orElseThrow();
          assertThat(proof.holds(key)).isTrue();
          if (first < second) {
            assertThat(reversed(proof).holds(key)).isFalse();
          }
        }
      }
      assertThat(fixture.trail.prove(0, 9)).isEmpty();
      assertThat(fixture.trail.prove(3, 2)).isEmpty();
    }
  }

  private static ConsistencyProof reversed(ConsistencyProof proof) {
    return new ConsistencyProof(
        /* first= */ proof.second(), /* second= */ proof.first(), proof.path());
  }

  @Test
  void aBundleIsVerifiedWithNothingButTheKey() throws IOException {
    try (AuditFixture fixture = new AuditFixture(folder("one"));
        AuditFixture other = new AuditFixture(folder("other"))) {
      fixture.appendAndSign(700);
      fixture.append(300);
      fixture.expire(position -> position < 40);
      byte[] bundle = export(fixture);

      Verification verification = verify(bundle, fixture.trail.publicKey());

      assertThat(verification.finding()).isNull();
      assertThat(verification.events()).isEqualTo(960);
      assertThat(verification.removed()).isEqualTo(40);
      Finding finding = verify(bundle, other.trail.publicKey()).finding();
      assertThat(finding).isNotNull();
      assertThat(finding.kind()).isEqualTo(Finding.Kind.CHECKPOINT_SIGNATURE);
    }
  }

  @Test
  void anyByteOfABundleThatDiffersIsFound() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (AuditFixture fixture = new AuditFixture(folder)) {
      fixture.appendAndSign(300);
      fixture.expire(position -> position < 10);
      AuditPublicKey key = fixture.trail.publicKey();
      byte[] plain = new GZIPInputStream(new ByteArrayInputStream(export(fixture))).readAllBytes();
      // The key that a bundle names is for people, and proves nothing.
      int named = 2 + BundleWriter.MAGIC.length() + 2 + key.pem().length();
      for (int i = 0; i < 400; i++) {
        int at = named + random.nextInt(plain.length - named);
        byte[] changed = plain.clone();
        changed[at] ^= (byte) (1 << random.nextInt(8));
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
          zip.write(changed);
        }
        assertThat(holds(zipped.toByteArray(), key)).as("byte %d, seed %d", at, seed).isFalse();
      }
    }
  }

  private static boolean holds(byte[] bundle, AuditPublicKey key) throws IOException {
    try {
      return verify(bundle, key).holds();
    } catch (AuditException e) {
      // Not even a bundle any more.
      return false;
    }
  }

  private static byte[] export(AuditFixture fixture) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    fixture.trail.export(out);
    return out.toByteArray();
  }

  private static Verification verify(byte[] bundle, AuditPublicKey key) throws IOException {
    return new Bundle(new ByteArrayInputStream(bundle)).verify(key, null);
  }

  @Test
  void whoSetsEverythingBackIsFoundByTheAnchor() throws IOException {
    Path anchor = folder.resolve("anchor");
    try (AuditFixture fixture = new AuditFixture(folder, 1, anchor)) {
      fixture.appendAndSign(256);
      fixture.appendAndSign(256);
      assertThat(Files.readAllLines(anchor)).hasSize(2);
      // What a crash leaves of a line is cut off.
      Files.writeString(anchor, "blackbox audit chec", StandardOpenOption.APPEND);
      fixture.restart();
      fixture.appendAndSign(256);
      assertThat(Files.readAllLines(anchor)).hasSize(3);
      assertThat(fixture.trail.verify().finding()).isNull();

      fixture.sql("DELETE FROM audit_checkpoints WHERE number = 2");
      fixture.sql("DELETE FROM audit_leaves WHERE leaf = 2");
      fixture.sql("UPDATE consumer_positions SET position = 512 WHERE consumer = 'audit'");
      fixture.events.subList(512, 768).clear();
      fixture.store.alter(events -> events.subList(0, 512));
      fixture.restart();

      Finding finding = fixture.trail.verify().finding();
      assertThat(finding).isNotNull();
      assertThat(finding.kind()).isEqualTo(Finding.Kind.ANCHOR);
      assertThat(finding.from()).isEqualTo(2);
    }
  }

  @Test
  void aKeyThatIsGoneOrDamagedIsSaidWithItsRemedy() throws IOException {
    Path file = folder.resolve("key.pem");
    try (AuditFixture fixture = new AuditFixture(folder)) {
      fixture.appendAndSign(10);
      String pem = Files.readString(file);
      Files.writeString(file, pem.substring(0, 60));
      assertThatThrownBy(fixture::restart)
          .isInstanceOf(AuditException.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("restore it from a backup");
      Files.delete(file);
      assertThatThrownBy(fixture::restart)
          .isInstanceOf(AuditException.class)
          .hasMessageContaining("is gone");
      Files.writeString(file, pem);
      fixture.restart();
      assertThat(fixture.trail.verify().holds()).isTrue();
    }
  }

  @Test
  void removalsWaitWhileEverythingIsRead() {
    try (AuditFixture fixture = new AuditFixture(folder)) {
      fixture.appendAndSign(10);
      Throwable thrown =
          fixture.consumer.withoutRemovals(() ->
              CompletableFuture.runAsync(() -> fixture.announce(position -> position < 5))
                  .handle((nothing, refused) -> refused.getCause())
                  .join());
      assertThat(thrown).isInstanceOf(AuditException.class).hasMessageContaining("the next time");
      fixture.announce(position -> position < 5);
      assertThat(fixture.consumer.read(AuditTables::lastGap)).isPresent();
    }
  }
}
