package io.puraify.blackbox.server.cli.alerts;

import io.puraify.blackbox.server.cli.http.HttpAnswer;
import io.puraify.blackbox.server.cli.http.JsonRequest;
import io.puraify.blackbox.server.cli.http.ServerAddress;
import io.puraify.blackbox.server.cli.http.ServerFailedException;
import io.puraify.blackbox.server.cli.http.ServerOption;
import io.puraify.blackbox.server.cli.output.OutputFormat;
import io.puraify.blackbox.server.cli.output.OutputOptions;
import io.puraify.blackbox.server.cli.output.Rows;
import io.puraify.blackbox.server.cli.query.TimeOptions;
import io.puraify.blackbox.server.cli.terminal.Printable;
import io.puraify.blackbox.server.cli.terminal.Shell;
import io.puraify.blackbox.server.config.PolicyFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code blackbox policies test}: what the policies of files would have done. */
@Command(
    name = "test",
    description = {
      "Says whether the policies of files can be used, and tries them on the events that a server has"
          + " stored: how often each would have fired, for how long, and how many notifications would"
          + " have gone out after grouping, silences and inhibition. Nothing is put to work.",
      ""
    },
    abbreviateSynopsis = true,
    footer = {
      "",
      "A table is a summary. json and ndjson have the server's whole answer for each policy, with each"
          + " alert and each notification.",
      "",
      "Exit code: 0 when all policies can be used and fire as often as is expected, 1 when one cannot"
          + " or does not, or the server could not be reached, 2 for wrong usage.",
      "",
      "Examples:",
      "  blackbox policies test slow.yaml",
      "  blackbox policies test policies/ --since 30d --at-most 5",
      "  blackbox policies test burst.yaml --from 2025-07-25 --to 2025-07-26 --at-least 1 -o json"
    },
    mixinStandardHelpOptions = true)
public final class PolicyTestCommand implements Callable<Integer> {

  private static final String BACKTEST = "/monitoring/alerts/policies/backtest";
  private static final int BAD_REQUEST = 400;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "YAML or JSON with a policy or an array of them; or a folder of such files.")
  private List<Path> files = List.of();

  @Mixin private TimeOptions times = new TimeOptions();

  @Option(names = "--at-least", paramLabel = "N", description = "Each policy has to fire so often.")
  private @Nullable Long atLeast;

  @Option(names = "--at-most", paramLabel = "N", description = "No policy may fire more often.")
  private @Nullable Long atMost;

  @Mixin private ServerOption server = new ServerOption();
  @Mixin private OutputOptions output = new OutputOptions();

  private final Shell shell;

  /** Prepares the command. */
  public PolicyTestCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    List<PolicyFile> policies =
        files.stream().flatMap(file -> PolicyFile.find(file).stream()).toList();
    ServerAddress address = server.address(shell.variables());
    List<JsonNode> tried = new ArrayList<>();
    boolean good = true;
    for (PolicyFile each : policies) {
      HttpAnswer answer = JsonRequest.answerTo(address, BACKTEST, request(each));
      switch (answer.status()) {
        case 200 -> {
          JsonNode result = answer.json();
          tried.add(result);
          good &= isAsExpected(each, result.path("fired").asLong());
        }
        case BAD_REQUEST -> {
          say(each, answer.problem());
          good = false;
        }
        default -> throw new ServerFailedException(answer.problem(), null);
      }
    }
    OutputFormat format = output.format(shell);
    if (!tried.isEmpty() || format != OutputFormat.TABLE) {
      Rows.print(shell, output, format, PolicyTestColumns.ALL, tried);
    }
    return good ? 0 : 1;
  }

  private ObjectNode request(PolicyFile policy) {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.set("policy", policy.document());
    times.parameters().forEach(each -> request.put(each.name(), each.value()));
    return request;
  }

  private boolean isAsExpected(PolicyFile policy, long fired) {
    if (atLeast != null && fired < atLeast) {
      say(
          policy,
          "it would have fired %,d times; %,d at least are expected".formatted(fired, atLeast));
      return false;
    }
    if (atMost != null && fired > atMost) {
      say(
          policy,
          "it would have fired %,d times; %,d at most are expected".formatted(fired, atMost));
      return false;
    }
    return true;
  }

  private void say(PolicyFile policy, String problem) {
    String name = policy.name().isEmpty() ? "" : ", policy '%s'".formatted(policy.name());
    shell
        .err()
        .println(Printable.lines("blackbox: %s%s: %s".formatted(policy.file(), name, problem)));
  }
}
