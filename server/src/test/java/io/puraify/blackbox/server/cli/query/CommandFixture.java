package io.puraify.blackbox.server.cli.query;

import io.puraify.blackbox.server.cli.http.FakeServer;
import io.puraify.blackbox.server.cli.http.FakeServer.Reply;
import io.puraify.blackbox.server.cli.terminal.Shell;
import io.puraify.blackbox.server.cli.terminal.TestShell;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** A command, the server that it asks and the shell that it was called from. */
final class CommandFixture implements AutoCloseable {

  final TestShell shell = new TestShell();
  final FakeServer server;
  final StringWriter usage = new StringWriter();
  @Nullable Exception failure;
  private final Function<Shell, Callable<Integer>> command;

  CommandFixture(Function<Shell, Callable<Integer>> command, String answer) throws IOException {
    this.command = command;
    this.server = new FakeServer(request -> new Reply(200, answer));
    shell.with("BLACKBOX_SERVER", server.url());
  }

  int run(String... arguments) {
    return new CommandLine(command.apply(shell.shell()))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setErr(new PrintWriter(usage))
        .setExecutionExceptionHandler((thrown, line, result) -> {
          failure = thrown;
          return 1;
        })
        .execute(arguments);
  }

  /** What the server was asked first. */
  String target() {
    return server.requests().getFirst().target();
  }

  @Override
  public void close() {
    server.close();
  }
}
