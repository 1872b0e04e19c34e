package io.puraify.blackbox.engine.errors;

/** Names of what is counted over all groups. */
final class ErrorTotals {

  /** Errors in no group, because there are as many groups as there may be. */
  static final String OUTSIDE = "outside";

  private ErrorTotals() {}
}
