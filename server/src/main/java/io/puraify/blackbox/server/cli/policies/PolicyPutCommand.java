package io.puraify.blackbox.server.cli.policies;

import io.puraify.blackbox.server.cli.alerts.ActorOption;
import io.puraify.blackbox.server.cli.http.HttpAnswer;
import io.puraify.blackbox.server.cli.http.JsonRequest;
import io.puraify.blackbox.server.cli.http.PercentEncoding;
import io.puraify.blackbox.server.cli.http.ServerAddress;
import io.puraify.blackbox.server.cli.http.ServerFailedException;
import io.puraify.blackbox.server.cli.http.ServerOption;
import io.puraify.blackbox.server.cli.terminal.Shell;
import io.puraify.blackbox.server.config.PolicyFile;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code blackbox policies put}: puts the policies of files to work. */
@Command(
    name = "put",
    description = {
      "Puts the policies of files to work, each in the place of the one of its name. What a file"
          + " expects of its policy stays in the file.",
      ""
    },
    abbreviateSynopsis = true,
    footer = {
      "",
      "A policy that cannot be used changes nothing; the others of the files are put to work all the"
          + " same. Those in the server's own files are changed there only.",
      "",
      "Exit code: 0 when all run, 1 when one cannot be used or the server could not be reached, 2 for"
          + " wrong usage and for files that cannot be read.",
      "",
      "Examples:",
      "  blackbox policies put slow.yaml",
      "  blackbox policies test policies/ && blackbox policies put policies/ --by deployment"
    },
    mixinStandardHelpOptions = true)
public final class PolicyPutCommand implements Callable<Integer> {

  @Mixin private PolicyFiles files = new PolicyFiles();
  @Mixin private ActorOption actor = new ActorOption();
  @Mixin private ServerOption server = new ServerOption();

  private final Shell shell;

  /** Prepares the command. */
  public PolicyPutCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    List<PolicyFile> policies = files.find();
    ServerAddress address = server.address(shell.variables());
    boolean good = true;
    for (PolicyFile each : policies) {
      good &= put(address, each);
    }
    return good ? 0 : 1;
  }

  private boolean put(ServerAddress address, PolicyFile policy) {
    if (policy.name().isEmpty()) {
      PolicyFiles.say(shell, policy, "/policy: its name was expected", List.of());
      return false;
    }
    HttpAnswer answer =
        JsonRequest.answerToPut(
            address,
            PoliciesCommand.POLICIES + "/" + PercentEncoding.of(policy.name()),
            actor.header(shell.variables()),
            policy.document());
    return switch (answer.status()) {
      case 200 -> {
        shell
            .out()
            .printf(
                "Policy %s has version %d now.%n",
                policy.name(), answer.json().path("version").asLong(0));
        yield true;
      }
      case PoliciesCommand.BAD_REQUEST, PoliciesCommand.CONFLICT -> {
        PolicyFiles.say(shell, policy, answer.problem(), List.of());
        yield false;
      }
      default -> throw new ServerFailedException(answer.problem(), null);
    };
  }
}
