package io.puraify.blackbox.server.cli.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that says which server a command talks to. */
public final class ServerOption {

  private static final String VARIABLE = "BLACKBOX_SERVER";
  private static final String USUAL = "http://127.0.0.1:7070";

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "Where it listens: " + USUAL + ", or as the variable BLACKBOX_SERVER says.")
  private @Nullable String url;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  /**
   * Where the server is.
   *
   * @param variables of the environment
   * @throws ParameterException where it is no address
   */
  public ServerAddress address(Map<String, String> variables) {
    String variable = variables.getOrDefault(VARIABLE, "");
    String given = url != null ? url : variable.isEmpty() ? USUAL : variable;
    try {
      return ServerAddress.parse(given);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
