package io.puraify.blackbox.server.cli;

import io.puraify.blackbox.server.cli.terminal.Shell;
import io.puraify.blackbox.server.config.SettingSources;
import io.puraify.blackbox.server.config.Settings;
import io.puraify.blackbox.server.logging.ServerLog;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code blackbox serve}: runs the server until a signal stops it. */
@Command(
    name = "serve",
    description = {
      "Runs the server. It keeps everything in one folder and needs no other service.",
      "",
      "When it is ready it prints one line with its address. What it says of itself goes to"
          + " standard error. SIGTERM and Ctrl-C stop it cleanly, a second time at once.",
      "",
      "What a flag sets can also be set by a variable (BLACKBOX_HTTP_PORT for --http-port) and"
          + " in the file blackbox.yaml (http.port). Flags are stronger than variables, and those"
          + " stronger than the file.",
      ""
    },
    footer = {
      "",
      "Exit code: 0 when it was stopped, 1 when it could not start, 2 for wrong usage or settings.",
      "",
      "Examples:",
      "  blackbox serve",
      "  blackbox serve --http-host 0.0.0.0 --data-dir /var/lib/blackbox",
      "  blackbox serve --retention-days 30 --retention-projects pf_audited=3650",
      "  BLACKBOX_LOG_FORMAT=json blackbox serve --config /etc/blackbox.yaml"
    },
    sortOptions = false,
    abbreviateSynopsis = true,
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Settings as YAML, instead of blackbox.yaml in the working directory"
              + " (BLACKBOX_CONFIG).")
  private @Nullable Path config;

  private final Shell shell;
  private final ServerStarter starter;
  private final Supplier<CountDownLatch> stopRequests;

  /**
   * Prepares the command.
   *
   * @param stopRequests called before the start; its latch opens when the server is to stop
   */
  ServeCommand(Shell shell, ServerStarter starter, Supplier<CountDownLatch> stopRequests) {
    this.shell = shell;
    this.starter = starter;
    this.stopRequests = stopRequests;
  }

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = settings();
    ServerLog.apply(settings.logging());
    CountDownLatch stop = stopRequests.get();
    try (RunningServer server = starter.start(settings)) {
      shell.out().println("Blackbox is ready at " + server.uri());
      shell.out().flush();
      stop.await();
    }
    return 0;
  }

  private Settings settings() {
    Map<String, String> flags = SettingFlags.given(spec.commandLine().getParseResult());
    return SettingSources.of(config, shell.variables(), flags).read();
  }
}
