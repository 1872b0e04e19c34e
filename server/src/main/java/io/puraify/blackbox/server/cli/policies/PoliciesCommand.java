package io.puraify.blackbox.server.cli.policies;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code blackbox policies}: what can be done with alert policies. */
@Command(
    name = "policies",
    description = {
      "Says which alert policies there are and what others would do, and puts them to work.",
      ""
    },
    footer = {
      "",
      "Exit code: that of the command; 2 for wrong usage.",
      "",
      "Examples:",
      "  blackbox policies list",
      "  blackbox policies test policies/ --since 7d",
      "  blackbox policies put policies/"
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
public final class PoliciesCommand implements Callable<Integer> {

  static final String POLICIES = "/monitoring/alerts/policies";

  /** What an answer has the policies in. */
  static final String MEMBER = "policies";

  /** The status where a policy cannot be used. */
  static final int BAD_REQUEST = 400;

  /** The status where a policy is in a file of the server. */
  static final int CONFLICT = 409;

  private static final int USAGE = 2;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return USAGE;
  }
}
