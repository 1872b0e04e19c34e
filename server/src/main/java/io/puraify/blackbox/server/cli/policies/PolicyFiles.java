package io.puraify.blackbox.server.cli.policies;

import io.puraify.blackbox.server.cli.terminal.Printable;
import io.puraify.blackbox.server.cli.terminal.Shell;
import io.puraify.blackbox.server.config.PolicyFile;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Parameters;

/** The argument that says which files of policies are meant, and what is wrong with one. */
final class PolicyFiles {

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "YAML or JSON with a policy or an array of them; or a folder of such files.")
  private List<Path> files = List.of();

  /**
   * All policies of the files.
   *
   * @throws io.puraify.blackbox.server.config.SettingsException where one cannot be read
   */
  List<PolicyFile> find() {
    return files.stream().flatMap(file -> PolicyFile.find(file).stream()).toList();
  }

  /** Says what is wrong with a policy, and where in its file. */
  static void say(Shell shell, PolicyFile policy, String problem, List<String> lines) {
    String name = policy.name().isEmpty() ? "" : ", policy '%s'".formatted(policy.name());
    StringBuilder text =
        new StringBuilder("blackbox: %s%s: %s".formatted(policy.file(), name, problem));
    lines.forEach(each -> text.append("\n  ").append(Printable.line(each)));
    shell.err().println(Printable.lines(text.toString()));
  }
}
