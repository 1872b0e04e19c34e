package io.puraify.blackbox.server.cli;

import io.puraify.blackbox.server.TestServer;
import io.puraify.blackbox.server.cli.terminal.TestShell;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole command line, called by {@code ada} where a server runs. */
public final class ServedCli {

  private final TestServer server;
  private TestShell shell = new TestShell();

  public ServedCli(TestServer server) {
    this.server = server;
  }

  /** Runs a command with nothing printed before it, and returns its exit code. */
  public int run(String... arguments) {
    shell = new TestShell().with("BLACKBOX_SERVER", server.uri().toString()).with("USER", "ada");
    return new Cli(
            shell.shell(),
            settings -> {
              throw new IllegalStateException("no server is to be started");
            },
            InstantSource.system(),
            () -> new CountDownLatch(0))
        .run(arguments);
  }

  /** What the last command has printed. */
  public String out() {
    return shell.out();
  }

  /** The same, read as JSON. */
  public JsonNode json() {
    return JsonMapper.shared().readTree(out());
  }

  /** What the last command has said on standard error. */
  public String err() {
    return shell.err();
  }
}
