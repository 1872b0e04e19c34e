package io.puraify.blackbox.server.cli.alerts;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says who does something. */
public final class ActorOption {

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

  /** Who does it, as the header of a request, which takes printable ASCII only. */
  public Map<String, String> header(Map<String, String> variables) {
    return Map.of("X-Actor", name(variables).replaceAll("[^ -~]", "?"));
  }
}
