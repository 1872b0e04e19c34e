package io.puraify.blackbox.journal;

/** When a record counts as kept. */
public enum Sync {
  /** When the disk has it: the file is synced before an append completes. */
  ALWAYS,
  /**
   * When the operating system has it: the file is synced every 10 ms. What was appended in the
   * moments before is lost if the machine, not just the process, goes down.
   */
  INTERVAL
}
