package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.engine.audit.AttributeChange;
import io.puraify.blackbox.engine.audit.AuditMark;
import io.puraify.blackbox.engine.audit.AuditPublicKey;
import io.puraify.blackbox.engine.audit.Checkpoint;
import io.puraify.blackbox.engine.audit.ConsistencyProof;
import io.puraify.blackbox.engine.audit.Finding;
import io.puraify.blackbox.engine.audit.InclusionProof;
import io.puraify.blackbox.engine.audit.TimelineEntry;
import io.puraify.blackbox.engine.audit.Verification;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The JSON of the audit trail. Hashes, signatures and forms of events are Base64. */
public final class AuditJson {

  private AuditJson() {}

  /** What came of a verification, with the key that was used. */
  public static byte[] verification(Verification verification, AuditPublicKey key) {
    return Json.write(json -> {
      json.writeStartObject();
      json.writeBooleanProperty("holds", verification.holds());
      Finding finding = verification.finding();
      if (finding != null) {
        json.writeObjectPropertyStart("finding");
        json.writeStringProperty("kind", finding.kind().label());
        json.writeStringProperty("detail", finding.detail());
        json.writeNumberProperty("from", finding.from());
        json.writeNumberProperty("to", finding.to());
        json.writeEndObject();
      }
      json.writeNumberProperty("events", verification.events());
      if (verification.events() > 0) {
        json.writeStringProperty("from", Micros.format(verification.fromMicros()));
        json.writeStringProperty("to", Micros.format(verification.toMicros()));
      }
      json.writeNumberProperty("removed", verification.removed());
      json.writeNumberProperty("folded", verification.folded());
      json.writeNumberProperty("unsigned", verification.unsigned());
      json.writeNumberProperty("pending", verification.pending());
      json.writeNumberProperty("unproven", verification.unproven());
      json.writeNumberProperty("checkpoints", verification.checkpoints());
      Checkpoint last = verification.last();
      if (last != null) {
        json.writeName("last_checkpoint");
        checkpoint(json, last);
      }
      json.writeStringProperty("key", key.fingerprint());
      json.writeEndObject();
    });
  }

  static byte[] checkpoints(List<Checkpoint> checkpoints) {
    return Json.write(json -> {
      json.writeStartObject();
      json.writeArrayPropertyStart("checkpoints");
      checkpoints.forEach(each -> checkpoint(json, each));
      json.writeEndArray();
      if (!checkpoints.isEmpty() && checkpoints.getLast().content().number() > 0) {
        json.writeNumberProperty("next_before", checkpoints.getLast().content().number());
      }
      json.writeEndObject();
    });
  }

  private static void checkpoint(JsonGenerator json, Checkpoint checkpoint) {
    Checkpoint.Content content = checkpoint.content();
    json.writeStartObject();
    json.writeNumberProperty("number", content.number());
    json.writeStringProperty("time", Micros.format(content.micros()));
    json.writeNumberProperty("leaves", content.leaves());
    json.writeNumberProperty("position", content.position());
    json.writeNumberProperty("gaps", content.gaps());
    json.writeStringProperty("root", base64(content.root()));
    json.writeStringProperty("text", content.text());
    json.writeStringProperty("signature", base64(checkpoint.signature()));
    json.writeEndObject();
  }

  static byte[] inclusion(InclusionProof proof, AuditPublicKey key) {
    return Json.write(json -> {
      json.writeStartObject();
      json.writeNumberProperty("position", proof.position());
      json.writeStringProperty("form", base64(proof.form()));
      json.writeNumberProperty("leaf", proof.leaf());
      json.writeNumberProperty("first_position", proof.first());
      hashes(json, "digests", proof.digests());
      hashes(json, "path", proof.path());
      json.writeName("checkpoint");
      checkpoint(json, proof.checkpoint());
      json.writeStringProperty("key", key.fingerprint());
      json.writeEndObject();
    });
  }

  /**
   * The proofs of some events that lead to one checkpoint: the digests of each leaf once, and the
   * canonical form of each event.
   */
  static byte[] inclusions(
      List<Event> events,
      Map<Long, InclusionProof> proofs,
      Checkpoint checkpoint,
      AuditPublicKey key) {
    return Json.write(json -> {
      json.writeStartObject();
      json.writeName("checkpoint");
      checkpoint(json, checkpoint);
      json.writeStringProperty("public_key", key.pem());
      json.writeArrayPropertyStart("leaves");
      Set<Long> written = new HashSet<>();
      for (InclusionProof proof : proofs.values()) {
        if (written.add(proof.leaf())) {
          json.writeStartObject();
          json.writeNumberProperty("leaf", proof.leaf());
          json.writeNumberProperty("first_position", proof.first());
          hashes(json, "digests", proof.digests());
          hashes(json, "path", proof.path());
          json.writeEndObject();
        }
      }
      json.writeEndArray();
      json.writeArrayPropertyStart("events");
      for (Event event : events) {
        InclusionProof proof = proofs.get(event.position());
        if (proof != null) {
          json.writeStartObject();
          json.writeStringProperty("event_id", event.eventId());
          json.writeNumberProperty("position", event.position());
          json.writeNumberProperty("leaf", proof.leaf());
          json.writeStringProperty("form", base64(proof.form()));
          json.writeEndObject();
        }
      }
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  static byte[] consistency(ConsistencyProof proof, AuditPublicKey key) {
    return Json.write(json -> {
      json.writeStartObject();
      json.writeName("first");
      checkpoint(json, proof.first());
      json.writeName("second");
      checkpoint(json, proof.second());
      hashes(json, "path", proof.path());
      json.writeStringProperty("key", key.fingerprint());
      json.writeEndObject();
    });
  }

  private static void hashes(JsonGenerator json, String name, List<byte[]> hashes) {
    json.writeArrayPropertyStart(name);
    hashes.forEach(hash -> json.writeString(base64(hash)));
    json.writeEndArray();
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  static byte[] timeline(List<TimelineEntry> entries, boolean complete, Optional<String> cursor) {
    return Json.write(json -> {
      json.writeStartObject();
      json.writeArrayPropertyStart("entries");
      entries.forEach(each -> entry(json, each));
      json.writeEndArray();
      cursor.ifPresent(next -> json.writeStringProperty("next_cursor", next));
      json.writeBooleanProperty("complete", complete);
      json.writeEndObject();
    });
  }

  static byte[] entry(TimelineEntry entry) {
    return Json.write(json -> entry(json, entry));
  }

  private static void entry(JsonGenerator json, TimelineEntry entry) {
    Event event = entry.event();
    json.writeStartObject();
    json.writeStringProperty("event_id", event.eventId());
    json.writeNumberProperty("position", event.position());
    json.writeStringProperty("timestamp", Micros.format(event.timestampMicros()));
    json.writeStringProperty("project_id", event.projectId());
    optional(json, "engine", event.text(Field.ENGINE));
    optional(json, "flow_id", event.text(Field.FLOW_ID));
    optional(json, "who", entry.who());
    json.writeStringProperty("what", entry.what());
    optional(json, "where", entry.where());
    optional(json, "result", entry.result());
    optional(json, "mark", entry.mark().map(AuditMark::label).orElse(null));
    optional(json, "message", event.text(Field.MESSAGE));
    if (entry.changeCount() > 0) {
      json.writeArrayPropertyStart("changes");
      entry.changes().forEach(each -> change(json, each));
      json.writeEndArray();
      json.writeNumberProperty("changes_total", entry.changeCount());
    }
    json.writeEndObject();
  }

  private static void change(JsonGenerator json, AttributeChange change) {
    json.writeStartObject();
    json.writeStringProperty("path", change.path());
    raw(json, "before", change.before());
    raw(json, "after", change.after());
    json.writeEndObject();
  }

  private static void raw(JsonGenerator json, String name, @Nullable String value) {
    if (value != null) {
      json.writeName(name);
      json.writeRawValue(value);
    }
  }

  private static void optional(JsonGenerator json, String name, @Nullable String text) {
    if (text != null) {
      json.writeStringProperty(name, text);
    }
  }
}
