package io.puraify.blackbox.server.cli.audit;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code blackbox audit}: what can be done with the audit trail. */
@Command(
    name = "audit",
    description = {"Says whether any event was altered or removed since it was recorded.", ""},
    footer = {
      "",
      "Exit code: that of the command; 2 for wrong usage.",
      "",
      "Examples:",
      "  blackbox audit verify",
      "  blackbox audit verify --offline blackbox-audit.bundle --key audit.pem"
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
public final class AuditCommand implements Callable<Integer> {

  private static final int USAGE = 2;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return USAGE;
  }
}
