package io.puraify.blackbox.server.cli.query;

import io.puraify.blackbox.server.cli.http.ServerOption;
import io.puraify.blackbox.server.cli.output.OutputOptions;
import io.puraify.blackbox.server.cli.output.RowWriter;
import io.puraify.blackbox.server.cli.query.QueryParameters.Parameter;
import io.puraify.blackbox.server.cli.terminal.Shell;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code blackbox query}: finds events and prints them. */
@Command(
    name = "query",
    description = {
      "Finds events and prints them, the newest first.",
      "",
      "An expression has words, phrases and FIELD:VALUE, joined by OR, NOT and parentheses; side by"
          + " side means AND. docs/query-language.md tells all of it.",
      "",
      "Each FIELD=VALUE is a filter as well, and all of them must hold. Fields are those of an event,"
          + " such as project_id, engine, platform, action, status, severity, message, user_id, or"
          + " attributes.NAME. What a value can be:",
      "  error               this value; in message and stack_trace, these characters in any case",
      "  error,timeout       one of these",
      "  !success            none of these",
      "  api_*               what begins so; * alone is any value",
      "  >500  <=20  1..9    a range",
      "  '\"a, b\"'            to the letter",
      ""
    },
    abbreviateSynopsis = true,
    footer = {
      "",
      "Exit code: 0 also when nothing was found, 1 when the server could not be reached or did not"
          + " understand, 2 for wrong usage.",
      "",
      "Examples:",
      "  blackbox query status:error --since 15m",
      "  blackbox query 'platform:(Slack OR Notion) \"token expired\" -user_id:u_1'",
      "  blackbox query project_id=pf_123 engine=vault,execution 'message=token expired'",
      "  blackbox query 'duration_ms=>500' 'platform=!Slack' --from 2025-07-25 --order oldest",
      "  blackbox query user_id=u_42 --all -o csv > events.csv"
    },
    mixinStandardHelpOptions = true)
public final class QueryCommand implements Callable<Integer> {

  private static final long ALL = 0;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private FilterArguments filters = new FilterArguments();
  @Mixin private TimeOptions times = new TimeOptions();
  @Mixin private ServerOption server = new ServerOption();
  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private EventOutput events = new EventOutput();

  @Option(names = "--order", paramLabel = "ORDER", description = "newest or oldest first (newest).")
  private @Nullable String order;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "Events at most; 0 for all (${DEFAULT-VALUE}).")
  private long limit;

  @Option(names = "--all", description = "All events, the same as --limit 0.")
  private boolean all;

  private final Shell shell;

  /** Prepares the command. */
  public QueryCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException {
    if (limit < 0) {
      throw new ParameterException(spec.commandLine(), "--limit is 0 or more");
    }
    long most = all || limit == ALL ? Long.MAX_VALUE : limit;
    QueryParameters parameters = parameters();
    RowWriter writer = events.writer(output.format(shell), output.table(), shell, false);
    long found = 0;
    try (EventPages pages = new EventPages(server.address(shell.variables()), parameters, most)) {
      List<JsonNode> page = pages.next();
      // Whoever reads the output may have seen enough.
      while (!page.isEmpty() && !shell.out().checkError()) {
        writer.page(page);
        found += page.size();
        page = pages.next();
      }
      writer.end();
      shell.out().flush();
      tell(found, pages.hasMore());
    }
    return 0;
  }

  private void tell(long found, boolean more) {
    if (shell.terminal().showsOutput()) {
      if (found == 0) {
        shell.err().println("no events found");
      } else if (more) {
        shell.err().printf("there are more than these %d; see --limit and --all%n", found);
      }
    }
  }

  private QueryParameters parameters() {
    List<Parameter> list = new ArrayList<>(filters.parameters());
    list.addAll(times.parameters());
    Parameter.add(list, "order", order);
    return new QueryParameters(list);
  }
}
