package io.puraify.blackbox.engine.audit;

import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.core.Search;
import io.puraify.blackbox.engine.query.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which part of the timeline is asked for: some marks, and all that a search for events has.
 *
 * @param rest the other parameters
 */
public record TimelineRequest(List<AuditMark> marks, Map<String, List<String>> rest) {

  private static final String MARK = "mark";

  /**
   * Takes the marks out of the parameters of a request.
   *
   * @throws ProblemException where there is no such mark
   */
  public static TimelineRequest parse(Map<String, List<String>> given) {
    List<AuditMark> marks = new ArrayList<>();
    for (String texts : given.getOrDefault(MARK, List.of())) {
      for (String text : texts.split(",", -1)) {
        marks.add(AuditMark.labelled(text).orElseThrow(() -> unknown(text)));
      }
    }
    Map<String, List<String>> rest = new LinkedHashMap<>(given);
    rest.remove(MARK);
    return new TimelineRequest(marks, rest);
  }

  private static ProblemException unknown(String text) {
    return Parameters.refusal(
        MARK,
        "'%s' is no mark; there are %s"
            .formatted(
                text,
                Arrays.stream(AuditMark.values())
                    .map(AuditMark::label)
                    .collect(Collectors.joining(", "))));
  }

  /** The search for what the other parameters say, among events that have one of the marks. */
  public Search within(Search search) {
    if (marks.isEmpty()) {
      return search;
    }
    Filter marked = new Filter.Or(marks.stream().map(AuditMark::filter).toList());
    return new Search(
        new Filter.And(List.of(search.filter(), marked)),
        search.range(),
        search.order(),
        search.after(),
        search.limit());
  }
}
