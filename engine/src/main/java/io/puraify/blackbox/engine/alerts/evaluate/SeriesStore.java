package io.puraify.blackbox.engine.alerts.evaluate;

/** Takes what an {@link Evaluator} has to know again after a restart. */
public interface SeriesStore {

  /** A series as it is now. */
  void save(String policy, String key, byte[] series);

  /** A series that nobody needs any more. */
  void remove(String policy, String key);

  /** An alert as it is now. */
  void save(Alert alert);

  /** A kind of error that was seen for the first time. */
  void seen(String policy, long shape, long micros);
}
