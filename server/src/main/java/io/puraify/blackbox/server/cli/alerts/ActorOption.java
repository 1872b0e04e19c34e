package io.puraify.blackbox.server.cli.alerts;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says who does something. */
final class ActorOption {

  private static final String SOMEBODY = "cli";

  @Option(names = "--by", paramLabel = "NAME", description = "Who does it (the variable USER).")
  private @Nullable String name;

  /** Who does it. */
  String name(Map<String, String> variables) {
    if (name != null) {
      return name;
    }
    String user = variables.getOrDefault("USER", "");
    return user.isBlank() ? SOMEBODY : user;
  }
}
