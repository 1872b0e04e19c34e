package io.puraify.blackbox.engine.performance;

import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.core.TimeRange;
import io.puraify.blackbox.engine.query.Parameters;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Figures of groups of series, read from the parameters of a request.
 *
 * @param groups the fields whose values make a group
 * @param order how groups are ordered
 * @param limit how many are answered
 */
public record PerformanceRequest(Scope scope, List<Field> groups, FigureOrder order, int limit) {

  static final int DEFAULT_LIMIT = 100;
  static final int MAX_LIMIT = 1_000;

  static final String GROUP_BY = "group_by";
  static final String LIMIT = "limit";

  private static final List<Field> DEFAULT_GROUPS =
      List.of(Field.ENGINE, Field.PLATFORM, Field.ACTION);

  /**
   * Reads the parameters of a request.
   *
   * @param now where the range ends that is not said
   * @throws ProblemException naming every parameter that is wrong
   */
  public static PerformanceRequest parse(Map<String, List<String>> given, Instant now) {
    Parameters parameters =
        new Parameters(
            given, now, List.of(GROUP_BY, FigureOrder.ORDER, FigureOrder.DIRECTION, LIMIT));
    Scope scope = Scope.parse(parameters, now);
    List<Field> groups = parameters.list(GROUP_BY, Scope::field);
    FigureOrder order = FigureOrder.parse(parameters);
    int limit =
        parameters.read(LIMIT, text -> Parameters.number(text, MAX_LIMIT)).orElse(DEFAULT_LIMIT);
    parameters.refuseWhatIsWrong();
    return new PerformanceRequest(scope, groups.isEmpty() ? DEFAULT_GROUPS : groups, order, limit);
  }

  TimeRange range() {
    return scope.range();
  }
}
