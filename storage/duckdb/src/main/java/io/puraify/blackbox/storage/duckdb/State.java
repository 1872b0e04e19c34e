package io.puraify.blackbox.storage.duckdb;

/**
 * A column of a {@link Summary}: what is kept of the events of one group, so that what is kept of
 * two of its parts makes that of the whole.
 *
 * @param type of the column
 * @param ofEvents the aggregate over the events
 * @param merging the aggregate function that makes one of several
 */
record State(String name, String type, String ofEvents, String merging) {

  /** How many events there are; every summary has it. */
  static final State EVENTS = new State("events", "BIGINT", "count(*)", "sum");

  /** The lowest position, which leads to the values that the group has in common. */
  static final State WITNESS = new State("witness", "BIGINT", "min(position)", "min");

  /** Where all events are one series, which has no values to lead to. */
  static final State NO_WITNESS = new State("witness", "BIGINT", "0::BIGINT", "min");

  /** The aggregate that makes one of several. */
  String merged() {
    return merging + "(" + name + ")";
  }
}
