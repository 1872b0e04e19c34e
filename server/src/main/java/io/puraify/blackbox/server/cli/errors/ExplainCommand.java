package io.puraify.blackbox.server.cli.errors;

import io.puraify.blackbox.server.cli.http.JsonRequest;
import io.puraify.blackbox.server.cli.http.ServerOption;
import io.puraify.blackbox.server.cli.output.TextOptions;
import io.puraify.blackbox.server.cli.query.QueryParameters;
import io.puraify.blackbox.server.cli.query.QueryParameters.Parameter;
import io.puraify.blackbox.server.cli.terminal.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code blackbox errors explain}: why an event is in its group. */
@Command(
    name = "explain",
    description = {
      "Says why an event is in its group of errors: which rule decided, which frames counted, which"
          + " rule decided each placeholder of the message, and what joined the group.",
      ""
    },
    abbreviateSynopsis = true,
    footer = {
      "",
      "Exit code: 0 when the event is in the group, 1 when it is not or the server could not be"
          + " reached, 2 for wrong usage.",
      "",
      "Examples:",
      "  blackbox errors explain 5f0c6f0e8a7b1c2d",
      "  blackbox errors explain 5f0c6f0e8a7b1c2d --event e_123 -o json"
    },
    mixinStandardHelpOptions = true)
public final class ExplainCommand implements Callable<Integer> {

  private static final Pattern GROUP_ID = Pattern.compile("[0-9a-f]{16}");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "GROUP", description = "The id of a group of errors.")
  private String group = "";

  @Option(
      names = "--event",
      paramLabel = "ID",
      description = "The id of the event (the group's newest example).")
  private @Nullable String event;

  @Mixin private ServerOption server = new ServerOption();
  @Mixin private TextOptions output = new TextOptions();

  private final Shell shell;

  /** Prepares the command. */
  public ExplainCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    if (!GROUP_ID.matcher(group).matches()) {
      throw new ParameterException(
          spec.commandLine(), "the id of a group has 16 hexadecimal digits");
    }
    List<Parameter> parameters = new ArrayList<>();
    Parameter.add(parameters, "event_id", event);
    String query = parameters.isEmpty() ? "" : "?" + new QueryParameters(parameters).encoded();
    JsonNode answer =
        JsonRequest.get(
            server.address(shell.variables()),
            "/monitoring/errors/%s/explain%s".formatted(group, query));
    output.print(shell, answer, ExplanationText::lines);
    return 0;
  }
}
