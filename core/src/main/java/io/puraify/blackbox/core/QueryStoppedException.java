package io.puraify.blackbox.core;

/** A query was stopped before it had its answer. The store is as it was and answers others. */
public final class QueryStoppedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final RunningQuery.Stop reason;

  public QueryStoppedException(RunningQuery.Stop reason) {
    super("the query was stopped: " + reason);
    this.reason = reason;
  }

  public RunningQuery.Stop reason() {
    return reason;
  }
}
