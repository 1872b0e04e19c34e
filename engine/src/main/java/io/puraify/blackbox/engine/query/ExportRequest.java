package io.puraify.blackbox.engine.query;

import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Order;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.core.Search;
import io.puraify.blackbox.core.TimeRange;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * All events that somebody wants to have: filters, times and {@code format}.
 *
 * @param search for the first page
 */
public record ExportRequest(Search search, Format format) {

  /** How events are written. */
  public enum Format {
    NDJSON,
    CSV,
    /** Apache Parquet. */
    PARQUET;

    /** Its name in a request, which files of it end with. */
    public String fileSuffix() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Large enough to make the fixed cost of a page small. */
  private static final int PAGE = 2_000;

  private static final String FORMAT = "format";

  /**
   * Reads the parameters of a request.
   *
   * @param now what {@code since} counts from
   * @throws ProblemException naming every parameter that is wrong
   */
  public static ExportRequest parse(Map<String, List<String>> given, Instant now) {
    Parameters parameters = new Parameters(given, now, List.of(FORMAT));
    Filter filter = parameters.filter();
    TimeRange range = parameters.range();
    Format format = parameters.read(FORMAT, ExportRequest::format).orElse(Format.NDJSON);
    parameters.refuseWhatIsWrong();
    // The newest first: what comes meanwhile does not keep an export from its end.
    return new ExportRequest(new Search(filter, range, Order.NEWEST_FIRST, null, PAGE), format);
  }

  private static Format format(String text) {
    return Arrays.stream(Format.values())
        .filter(format -> format.fileSuffix().equals(text))
        .findFirst()
        .orElseThrow(() ->
            new FilterSyntaxException(
                "'%s' is no format; write ndjson, csv or parquet".formatted(text)));
  }
}
