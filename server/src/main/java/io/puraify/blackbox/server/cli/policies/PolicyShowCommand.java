package io.puraify.blackbox.server.cli.policies;

import io.puraify.blackbox.server.cli.http.JsonRequest;
import io.puraify.blackbox.server.cli.http.PercentEncoding;
import io.puraify.blackbox.server.cli.http.ServerFailedException;
import io.puraify.blackbox.server.cli.http.ServerOption;
import io.puraify.blackbox.server.cli.output.Column;
import io.puraify.blackbox.server.cli.output.TextOptions;
import io.puraify.blackbox.server.cli.terminal.Shell;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code blackbox policies show}: a policy, as a file that can be put to work again. */
@Command(
    name = "show",
    description = {
      "Prints a policy as YAML, as 'blackbox policies put' takes it, with who has changed it when.",
      ""
    },
    abbreviateSynopsis = true,
    footer = {
      "",
      "json has one version as the server has it; the policy is its member document.",
      "",
      "Exit code: 0 when it is shown, also where it was removed, 1 when there never was one or the"
          + " server could not be reached, 2 for wrong usage.",
      "",
      "Examples:",
      "  blackbox policies show error_burst > error_burst.yaml",
      "  blackbox policies show error_burst 0 -o json"
    },
    mixinStandardHelpOptions = true)
public final class PolicyShowCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "NAME", description = "The policy's name.")
  private String name = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "VERSION",
      description = "The number of one of its versions (the newest).")
  private @Nullable Long version;

  @Mixin private ServerOption server = new ServerOption();
  @Mixin private TextOptions output = new TextOptions();

  private final Shell shell;

  /** Prepares the command. */
  public PolicyShowCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    List<JsonNode> versions =
        JsonRequest.get(
                server.address(shell.variables()),
                PoliciesCommand.POLICIES + "/" + PercentEncoding.of(name))
            .path(PoliciesCommand.MEMBER)
            .valueStream()
            .toList();
    output.print(shell, chosen(versions), each -> PolicyText.lines(each, versions));
    return 0;
  }

  private JsonNode chosen(List<JsonNode> versions) {
    Long wanted = version;
    return versions.stream()
        .filter(each -> wanted == null || each.path("version").asLong(-1) == wanted)
        .findFirst()
        .orElseThrow(() ->
            new ServerFailedException(
                "policy '%s' has no version %d; it has %s"
                    .formatted(
                        name,
                        wanted,
                        String.join(
                            ", ",
                            versions.stream().map(each -> Column.text(each, "version")).toList())),
                null));
  }
}
