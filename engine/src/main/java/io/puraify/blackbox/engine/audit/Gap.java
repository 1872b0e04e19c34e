package io.puraify.blackbox.engine.audit;

import io.puraify.blackbox.core.Micros;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.time.temporal.ChronoField;

/**
 * The signed record that events were removed lawfully, because they were past their retention.
 *
 * @param content what is signed
 * @param signature Ed25519, of the content's text
 */
public record Gap(Content content, byte[] signature) {

  /**
   * What a gap record says.
   *
   * @param number of the record, from 0
   * @param micros when it was made, in microseconds since the epoch
   * @param day of the removed events' timestamps, in days since 1970-01-01
   * @param events how many were removed, ≥ 1
   * @param parts the hash of its {@link GapPart}s, which say which these are
   * @param previous the hash of the record before; zeros for the first
   */
  public record Content(
      long number, long micros, long day, long events, byte[] parts, byte[] previous) {

    /** Refuses what no text could be made of. */
    public Content {
      if (!ChronoField.EPOCH_DAY.range().isValidValue(day)) {
        throw new IllegalArgumentException("gap record %d is damaged".formatted(number));
      }
    }

    /** The text that is signed. */
    public String text() {
      return """
      blackbox audit gap v1
      number %d
      time %s
      reason retention
      day %s
      events %d
      parts %s
      previous %s
      """
          .formatted(
              number,
              Micros.format(micros),
              LocalDate.ofEpochDay(day),
              events,
              Base64Text.of(parts),
              Base64Text.of(previous));
    }

    byte[] bytes() {
      return text().getBytes(StandardCharsets.UTF_8);
    }
  }

  /** By which the next one names it. */
  byte[] hash() {
    MessageDigest digest = Sha256.digest();
    digest.update(content.bytes());
    return digest.digest(signature);
  }
}
