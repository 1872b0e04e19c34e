package io.puraify.blackbox.storage.duckdb;

/**
 * A column of a {@link Summary}: what is kept of the events of one group, so that what is kept of
 * two of its parts makes that of the whole.
 *
 * @param type of the column
 * @param ofEvents the aggregate over the events
 * @param ofWeighted the same where each event stands for as many as its {@link #WEIGHT} says
 * @param merging the aggregate function that makes one of several
 */
record State(String name, String type, String ofEvents, String ofWeighted, String merging) {

  /** What of an event is read besides where it may stand for several. */
  static final String WEIGHT = "weight";

  /** How many events there are; every summary has it. */
  static final State EVENTS = counting("events", "count(*)", "TRUE");

  /** The lowest position, which leads to the values that the group has in common. */
  static final State WITNESS = new State("witness", "BIGINT", "min(position)", "min");

  /** Where all events are one series, which has no values to lead to. */
  static final State NO_WITNESS = new State("witness", "BIGINT", "0::BIGINT", "min");

  /** Something for which it does not matter how many equal events there are. */
  State(String name, String type, String ofEvents, String merging) {
    this(name, type, ofEvents, ofEvents, merging);
  }

  /**
   * How many events there are of some kind.
   *
   * @param condition for what is counted
   */
  static State counting(String name, String ofEvents, String condition) {
    String ofWeighted =
        "CAST(coalesce(sum(%s) FILTER (%s), 0) AS BIGINT)".formatted(WEIGHT, condition);
    return new State(name, "BIGINT", ofEvents, ofWeighted, "sum");
  }

  /** The aggregate that makes one of several. */
  String merged() {
    return merging + "(" + name + ")";
  }
}
