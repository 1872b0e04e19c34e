package io.puraify.blackbox.engine.query;

/** An expression of the query language cannot be understood. */
public final class QuerySyntaxException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int column;

  /**
   * @param at where it is, counted from 0
   * @param what was found there and what was expected
   */
  QuerySyntaxException(int at, String what) {
    super("column %d: %s".formatted(at + 1, what));
    this.column = at + 1;
  }

  /** Where in the expression it is, counted from 1. */
  public int column() {
    return column;
  }
}
