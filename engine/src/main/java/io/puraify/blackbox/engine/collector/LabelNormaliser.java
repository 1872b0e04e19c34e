package io.puraify.blackbox.engine.collector;

import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Labels;
import java.nio.charset.StandardCharsets;

/** What becomes of a label before it is stored; asked once for each different one of a block. */
final class LabelNormaliser {

  private final Redaction redaction;

  LabelNormaliser(Redaction redaction) {
    this.redaction = redaction;
  }

  /** The label to store; empty where the field has no such value. */
  byte[] normalise(Field field, byte[] label) {
    return switch (field) {
      case STATUS, ENGINE, SEVERITY ->
          Labels.normalise(field, new String(masked(label), StandardCharsets.UTF_8))
              .getBytes(StandardCharsets.UTF_8);
      case PROJECT_ID, FLOW_ID, STEP_ID -> label;
      default -> masked(label);
    };
  }

  private byte[] masked(byte[] label) {
    byte[] redacted = redaction.redact(label, 0, label.length);
    return redacted == null ? label : redacted;
  }
}
