package io.puraify.blackbox.server.cli.query;

import io.puraify.blackbox.server.cli.query.QueryParameters.Parameter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say when the events happened that are meant. */
public final class TimeOptions {

  @Option(
      names = "--since",
      paramLabel = "SPAN",
      description = "Events of the last 90s, 15m, 24h, 7d or 2w.")
  private @Nullable String since;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "Events from this time on: 2025-07-25T14:01:00Z or 2025-07-25.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Events before this time.")
  private @Nullable String to;

  /** As parameters of a request. */
  public List<Parameter> parameters() {
    List<Parameter> list = new ArrayList<>();
    Parameter.add(list, "since", since);
    Parameter.add(list, "from", from);
    Parameter.add(list, "to", to);
    return list;
  }
}
