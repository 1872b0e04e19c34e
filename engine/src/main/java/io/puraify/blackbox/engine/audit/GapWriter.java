package io.puraify.blackbox.engine.audit;

import java.security.MessageDigest;

/** Writes the parts of one gap record, in the order of their leaves. For one transaction. */
final class GapWriter {

  private final AuditTables tables;
  private final long number;
  private final MessageDigest parts = Sha256.digest();
  private long events;

  GapWriter(AuditTables tables, long number) {
    this.tables = tables;
    this.number = number;
  }

  AuditTables tables() {
    return tables;
  }

  long number() {
    return number;
  }

  void add(GapPart part, int removed) {
    tables.add(number, part);
    part.addTo(parts);
    events += removed;
  }

  boolean isEmpty() {
    return events == 0;
  }

  long events() {
    return events;
  }

  byte[] hash() {
    return parts.digest();
  }
}
