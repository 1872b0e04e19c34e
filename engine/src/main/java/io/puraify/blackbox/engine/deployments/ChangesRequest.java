package io.puraify.blackbox.engine.deployments;

import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.core.Search;
import io.puraify.blackbox.engine.query.Parameters;
import io.puraify.blackbox.engine.query.SearchRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which changes are asked for: some kinds, and all that a search for events has.
 *
 * @param kinds at least one
 * @param request of events; its filter does not hold the kinds
 */
public record ChangesRequest(List<ChangeKind> kinds, SearchRequest request) {

  private static final String KIND = "kind";

  /** How far back is looked where no range is given, as requests write it. */
  private static final String DEFAULT_SINCE = "30d";

  /**
   * Reads the parameters of a request.
   *
   * @param now what {@code since} counts from
   * @throws ProblemException naming the parameters that are wrong
   */
  public static ChangesRequest parse(Map<String, List<String>> given, Instant now) {
    Parameters own = new Parameters(given, now, List.of());
    List<ChangeKind> kinds = own.list(KIND, ChangeKind::labelled);
    own.refuseWhatIsWrong();
    Map<String, List<String>> rest = new LinkedHashMap<>(given);
    rest.remove(KIND);
    if (List.of("from", "since", "to").stream().noneMatch(rest::containsKey)) {
      rest.put("since", List.of(DEFAULT_SINCE));
    }
    // Kinds belong to the search as the cursor knows it.
    SearchRequest request = SearchRequest.parse(rest, now);
    return new ChangesRequest(kinds.isEmpty() ? List.of(ChangeKind.values()) : kinds, request);
  }

  /** The search for the recorded changes among them. */
  Search recorded() {
    Search search = request.search();
    List<Filter> filters = new ArrayList<>(List.of(search.filter(), ChangeKind.filter(kinds)));
    return new Search(
        new Filter.And(filters), search.range(), search.order(), search.after(), search.limit());
  }
}
