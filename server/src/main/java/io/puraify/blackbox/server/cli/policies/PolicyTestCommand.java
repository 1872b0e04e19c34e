package io.puraify.blackbox.server.cli.policies;

import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.server.cli.http.HttpAnswer;
import io.puraify.blackbox.server.cli.http.JsonRequest;
import io.puraify.blackbox.server.cli.http.ServerAddress;
import io.puraify.blackbox.server.cli.http.ServerFailedException;
import io.puraify.blackbox.server.cli.http.ServerOption;
import io.puraify.blackbox.server.cli.output.OutputFormat;
import io.puraify.blackbox.server.cli.output.OutputOptions;
import io.puraify.blackbox.server.cli.output.Rows;
import io.puraify.blackbox.server.cli.query.QueryParameters.Parameter;
import io.puraify.blackbox.server.cli.query.TimeOptions;
import io.puraify.blackbox.server.cli.terminal.Shell;
import io.puraify.blackbox.server.config.PolicyFile;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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
      "A file can say beside its policy what is expected of it; --since, --from and --to, where they"
          + " are given, go before the file's:",
      "  expect:",
      "    from: 2025-07-25T14:00:00Z      to, since: the events that it is about",
      "    to: 2025-07-25T15:00:00Z",
      "    fired: 1                        or {at_least: 1, at_most: 5}",
      "    notified: {at_most: 2}",
      "    alerts:                         all of them, to the second",
      "      - {at: 2025-07-25T14:05:00Z, severity: high, labels: {project_id: pf_880}}",
      "",
      "Exit code: 0 when all policies can be used and do what is expected, 1 when one cannot or does"
          + " not, what is expected cannot be understood, or the server could not be reached, 2 for"
          + " wrong usage and for files that cannot be read.",
      "",
      "Examples:",
      "  blackbox policies test slow.yaml",
      "  blackbox policies test policies/ --since 30d --at-most 5",
      "  blackbox policies test burst.yaml --from 2025-07-25 --to 2025-07-26 --at-least 1 -o json"
    },
    mixinStandardHelpOptions = true)
public final class PolicyTestCommand implements Callable<Integer> {

  private static final String BACKTEST = PoliciesCommand.POLICIES + "/backtest";

  @Mixin private PolicyFiles files = new PolicyFiles();
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
    List<PolicyFile> policies = files.find();
    ServerAddress address = server.address(shell.variables());
    List<JsonNode> tried = new ArrayList<>();
    boolean good = true;
    for (PolicyFile each : policies) {
      good &= isGood(each, address, tried);
    }
    OutputFormat format = output.format(shell);
    if (!tried.isEmpty() || format != OutputFormat.TABLE) {
      Rows.print(shell, output, format, PolicyTestColumns.ALL, tried);
    }
    return good ? 0 : 1;
  }

  /** Tries a policy, and says what is wrong with it or other than expected. */
  private boolean isGood(PolicyFile policy, ServerAddress address, List<JsonNode> tried) {
    PolicyExpectation expectation;
    try {
      expectation = PolicyExpectation.read(policy.expected());
    } catch (ProblemException e) {
      PolicyFiles.say(shell, policy, e.problem().title(), items(e));
      return false;
    }
    HttpAnswer answer = JsonRequest.answerTo(address, BACKTEST, request(policy, expectation));
    return switch (answer.status()) {
      case 200 -> {
        JsonNode result = answer.json();
        tried.add(result);
        List<String> differences = differences(expectation, result);
        if (!differences.isEmpty()) {
          PolicyFiles.say(shell, policy, "it is not as expected", differences);
        }
        yield differences.isEmpty();
      }
      case PoliciesCommand.BAD_REQUEST -> {
        PolicyFiles.say(shell, policy, answer.problem(), List.of());
        yield false;
      }
      default -> throw new ServerFailedException(answer.problem(), null);
    };
  }

  private ObjectNode request(PolicyFile policy, PolicyExpectation expectation) {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.set("policy", policy.document());
    List<Parameter> given = times.parameters();
    (given.isEmpty() ? expectation.times() : given)
        .forEach(each -> request.put(each.name(), each.value()));
    return request;
  }

  private List<String> differences(PolicyExpectation ofFile, JsonNode result) {
    Bounds any = new Bounds(null, null);
    PolicyExpectation ofOptions =
        new PolicyExpectation(List.of(), new Bounds(atLeast, atMost), any, null);
    return Stream.of(ofFile, ofOptions).flatMap(each -> each.differences(result).stream()).toList();
  }

  private static List<String> items(ProblemException wrong) {
    return wrong.problem().errors().stream()
        .map(each -> each.pointer() + ": " + each.detail())
        .toList();
  }
}
