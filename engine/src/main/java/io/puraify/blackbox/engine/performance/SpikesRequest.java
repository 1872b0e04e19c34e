package io.puraify.blackbox.engine.performance;

import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.engine.query.FilterSyntaxException;
import io.puraify.blackbox.engine.query.Parameters;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Spikes in a range, read from the parameters of a request.
 *
 * @param kinds of which, all where none is named
 * @param limit how many are answered, the newest
 */
public record SpikesRequest(Scope scope, List<SpikeKind> kinds, int limit) {

  static final int DEFAULT_LIMIT = 100;
  static final int MAX_LIMIT = 1_000;

  private static final String KIND = "kind";

  /**
   * Reads the parameters of a request.
   *
   * @param now where the range ends that is not said
   * @throws ProblemException naming every parameter that is wrong
   */
  public static SpikesRequest parse(Map<String, List<String>> given, Instant now) {
    Parameters parameters = new Parameters(given, now, List.of(KIND, PerformanceRequest.LIMIT));
    Scope scope = Scope.parse(parameters, now);
    List<SpikeKind> kinds = parameters.list(KIND, SpikesRequest::kind);
    int limit =
        parameters
            .read(PerformanceRequest.LIMIT, text -> Parameters.number(text, MAX_LIMIT))
            .orElse(DEFAULT_LIMIT);
    parameters.refuseWhatIsWrong();
    return new SpikesRequest(scope, kinds, limit);
  }

  private static SpikeKind kind(String name) {
    return Arrays.stream(SpikeKind.values())
        .filter(kind -> kind.label().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new FilterSyntaxException(
                "'%s' is none of %s"
                    .formatted(
                        name,
                        Arrays.stream(SpikeKind.values())
                            .map(SpikeKind::label)
                            .collect(Collectors.joining(", ")))));
  }

  boolean means(SpikeKind kind, Series series) {
    return (kinds.isEmpty() || kinds.contains(kind)) && scope.filter().test(series);
  }
}
