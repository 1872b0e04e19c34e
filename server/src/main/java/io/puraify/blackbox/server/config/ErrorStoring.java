package io.puraify.blackbox.server.config;

/** Which errors are stored. */
public enum ErrorStoring {
  /** Every one. */
  ALL,
  /** One for all of its group and second that come together, with their count. */
  COLLAPSE
}
