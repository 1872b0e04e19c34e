package io.puraify.blackbox.bench;

/**
 * What a measured value should reach. Missing it fails nothing; the table says so.
 *
 * @param direction on which side of the limit a value should be
 */
record Bar(Direction direction, double limit) {

  /** Which values are better. */
  enum Direction {
    AT_LEAST("≥"),
    AT_MOST("≤");

    private final String sign;

    Direction(String sign) {
      this.sign = sign;
    }
  }

  boolean isMetBy(double value) {
    return switch (direction) {
      case AT_LEAST -> value >= limit;
      case AT_MOST -> value <= limit;
    };
  }

  @Override
  public String toString() {
    return direction.sign + " " + Figures.plain(limit);
  }
}
