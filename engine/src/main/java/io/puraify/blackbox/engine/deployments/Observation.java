package io.puraify.blackbox.engine.deployments;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What was observed of an error in a range of time that is cut into buckets.
 *
 * @param fromMicros the first moment of the first bucket
 * @param stepMicros the length of a bucket
 * @param error the calls among which the error occurs, in parts that add up to all of them;
 *     failures are the error
 * @param flows some of the same calls again, by project and flow
 * @param engines all calls by engine; failures are those of status error or timeout
 * @param places which engines run for which projects, whether or not the error occurs there
 * @param firstFailures the time of each bucket's first failure; {@link Long#MAX_VALUE} for none
 */
record Observation(
    long fromMicros,
    long stepMicros,
    List<Traffic> error,
    List<Traffic> flows,
    List<Traffic> engines,
    Places places,
    long[] firstFailures) {

  Observation {
    error = List.copyOf(error);
    flows = List.copyOf(flows);
    engines = List.copyOf(engines);
  }

  /** The same without engines that were deployed, of which nothing is known without that. */
  Observation withControls(List<Change> changes) {
    Set<String> deployed =
        changes.stream()
            .filter(Change::deploys)
            .map(Change::engine)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    List<Traffic> left =
        engines.stream()
            .filter(
                each -> each.part().engine() == null || !deployed.contains(each.part().engine()))
            .toList();
    return new Observation(fromMicros, stepMicros, error, flows, left, places, firstFailures);
  }

  int buckets() {
    return firstFailures.length;
  }

  /** The bucket of a time; −1 before the first and {@link #buckets} behind the last. */
  int bucket(long micros) {
    long bucket = Math.floorDiv(micros - fromMicros, stepMicros);
    return (int) Math.clamp(bucket, -1L, buckets());
  }

  long start(int bucket) {
    return fromMicros + bucket * stepMicros;
  }

  /** All calls among which the error occurs, together. */
  Traffic total() {
    return error.isEmpty()
        ? Traffic.empty(Traffic.Part.ofEngine(null), buckets())
        : Traffic.sum(error);
  }

  /** Counts of some parts before and after a bucket. */
  static Rates rates(List<Traffic> traffic, Predicate<Traffic.Part> parts, int change, int end) {
    return traffic.stream()
        .filter(each -> parts.test(each.part()))
        .map(each -> each.rates(change, end))
        .reduce(Rates.NONE, Rates::plus);
  }
}
