package io.puraify.blackbox.e2e;

import io.puraify.blackbox.e2e.Checkout.Result;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Commands of {@code blackbox} that come to an end. */
final class BlackboxCommand {

  private BlackboxCommand() {}

  /** Runs a command in a folder. */
  static Result run(Path folder, String command, String... arguments)
      throws IOException, InterruptedException {
    return run(folder, Setup.environment(), command, arguments);
  }

  /** Runs a command that a server is for. */
  static Result run(Path folder, URI server, String command, String... arguments)
      throws IOException, InterruptedException {
    Map<String, String> environment = Setup.environment();
    environment.put("BLACKBOX_SERVER", server.toString());
    return run(folder, environment, command, arguments);
  }

  private static Result run(
      Path folder, Map<String, String> environment, String command, String... arguments)
      throws IOException, InterruptedException {
    List<String> all = Stream.concat(Stream.of(command), Stream.of(arguments)).toList();
    return Checkout.run(folder, environment, Setup.command(all).toArray(String[]::new));
  }
}
