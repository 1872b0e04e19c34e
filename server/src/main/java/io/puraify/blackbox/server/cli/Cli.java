package io.puraify.blackbox.server.cli;

import io.puraify.blackbox.server.cli.alerts.AckCommand;
import io.puraify.blackbox.server.cli.alerts.AlertExplainCommand;
import io.puraify.blackbox.server.cli.alerts.AlertsCommand;
import io.puraify.blackbox.server.cli.alerts.InboxCommand;
import io.puraify.blackbox.server.cli.alerts.NotificationsCommand;
import io.puraify.blackbox.server.cli.alerts.ResolveCommand;
import io.puraify.blackbox.server.cli.alerts.SilenceCommand;
import io.puraify.blackbox.server.cli.alerts.UnsilenceCommand;
import io.puraify.blackbox.server.cli.audit.AuditCommand;
import io.puraify.blackbox.server.cli.audit.VerifyCommand;
import io.puraify.blackbox.server.cli.channels.ChannelListCommand;
import io.puraify.blackbox.server.cli.channels.ChannelTestCommand;
import io.puraify.blackbox.server.cli.channels.ChannelsCommand;
import io.puraify.blackbox.server.cli.errors.ErrorsCommand;
import io.puraify.blackbox.server.cli.errors.ExplainCommand;
import io.puraify.blackbox.server.cli.ingest.IngestCommand;
import io.puraify.blackbox.server.cli.policies.PoliciesCommand;
import io.puraify.blackbox.server.cli.policies.PolicyListCommand;
import io.puraify.blackbox.server.cli.policies.PolicyPutCommand;
import io.puraify.blackbox.server.cli.policies.PolicyRemoveCommand;
import io.puraify.blackbox.server.cli.policies.PolicyShowCommand;
import io.puraify.blackbox.server.cli.policies.PolicyTestCommand;
import io.puraify.blackbox.server.cli.query.ExportCommand;
import io.puraify.blackbox.server.cli.query.PatternsCommand;
import io.puraify.blackbox.server.cli.query.QueryCommand;
import io.puraify.blackbox.server.cli.query.StatsCommand;
import io.puraify.blackbox.server.cli.query.TailCommand;
import io.puraify.blackbox.server.cli.terminal.Shell;
import io.puraify.blackbox.server.config.SettingSources;
import io.puraify.blackbox.server.config.Settings;
import io.puraify.blackbox.server.demo.DemoCommand;
import io.puraify.blackbox.server.logging.ServerLog;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code blackbox}: all commands together. */
public final class Cli {

  private static final int HELP_COLUMNS = 100;

  @Command(
      name = "blackbox",
      description = {
        "The flight recorder of a PURAIFY platform: records what happens, and finds it again.",
        ""
      },
      footer = {
        "",
        "Examples:",
        "  blackbox demo                          a server with made-up traffic, to look around",
        "  blackbox serve --data-dir /var/lib/blackbox",
        "  blackbox ingest events.ndjson",
        "  blackbox query status:error --since 15m",
        "  blackbox tail severity:critical",
        "  blackbox stats --since 1h -g engine -m count,error_rate,p95:duration_ms",
        "  blackbox patterns status:error --since 1h",
        "  blackbox export --since 7d --file events.parquet",
        "  blackbox errors",
        "  blackbox alerts",
        "  blackbox policies test policies/ --since 7d",
        "  blackbox channels test team",
        "  blackbox audit verify",
        "",
        "'blackbox COMMAND --help' tells more of a command."
      },
      synopsisSubcommandLabel = "COMMAND",
      mixinStandardHelpOptions = true)
  private static final class Root implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
        names = {"-v", "--verbose"},
        scope = ScopeType.INHERIT,
        description = "Say more of what goes wrong.")
    private boolean verbose;

    @Override
    public Integer call() {
      spec.commandLine().usage(spec.commandLine().getErr());
      return ExitCode.USAGE;
    }
  }

  private final Shell shell;
  private final ServerStarter starter;
  private final Root root = new Root();
  private final CommandLine commandLine = new CommandLine(root);

  /**
   * Puts the commands together.
   *
   * @param starter starts the server of {@code serve} and {@code demo}
   * @param clock tells the time to whatever measures or makes up some
   * @param stopRequests called before a server starts; its latch opens when the server is to stop
   */
  public Cli(
      Shell shell,
      ServerStarter starter,
      InstantSource clock,
      Supplier<CountDownLatch> stopRequests) {
    this.shell = shell;
    this.starter = starter;
    CommandLine serve = new CommandLine(new ServeCommand(shell, starter, stopRequests));
    SettingFlags.addTo(serve.getCommandSpec());
    commandLine
        .addSubcommand(serve)
        .addSubcommand(new DemoCommand(this::startDemo, clock, shell.out()))
        .addSubcommand(new IngestCommand(shell, clock))
        .addSubcommand(new QueryCommand(shell))
        .addSubcommand(new TailCommand(shell))
        .addSubcommand(new StatsCommand(shell))
        .addSubcommand(new PatternsCommand(shell))
        .addSubcommand(new ExportCommand(shell))
        .addSubcommand(
            new CommandLine(new ErrorsCommand(shell)).addSubcommand(new ExplainCommand(shell)))
        .addSubcommand(alerts(shell))
        .addSubcommand(policies(shell))
        .addSubcommand(channels(shell))
        .addSubcommand(new CommandLine(new AuditCommand()).addSubcommand(new VerifyCommand(shell)));
    Failures failures = new Failures(shell.err());
    commandLine
        .setOut(writer(shell.out()))
        .setErr(writer(shell.err()))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(HELP_COLUMNS)
        .setParameterExceptionHandler((wrong, arguments) -> failures.usage(wrong))
        .setExecutionExceptionHandler(
            (failure, command, result) -> failures.execution(failure, root.verbose));
    Version version = new Version();
    commandLine.getCommandSpec().versionProvider(version);
    setVersion(commandLine, version);
  }

  private static CommandLine alerts(Shell shell) {
    return new CommandLine(new AlertsCommand(shell))
        .addSubcommand(new AlertExplainCommand(shell))
        .addSubcommand(new AckCommand(shell))
        .addSubcommand(new ResolveCommand(shell))
        .addSubcommand(new SilenceCommand(shell))
        .addSubcommand(new UnsilenceCommand(shell))
        .addSubcommand(new NotificationsCommand(shell))
        .addSubcommand(new InboxCommand(shell));
  }

  private static CommandLine policies(Shell shell) {
    return new CommandLine(new PoliciesCommand())
        .addSubcommand(new PolicyListCommand(shell))
        .addSubcommand(new PolicyShowCommand(shell))
        .addSubcommand(new PolicyTestCommand(shell))
        .addSubcommand(new PolicyPutCommand(shell))
        .addSubcommand(new PolicyRemoveCommand(shell));
  }

  private static CommandLine channels(Shell shell) {
    return new CommandLine(new ChannelsCommand())
        .addSubcommand(new ChannelListCommand(shell))
        .addSubcommand(new ChannelTestCommand(shell));
  }

  private static void setVersion(CommandLine parent, Version version) {
    for (CommandLine command : parent.getSubcommands().values()) {
      command.getCommandSpec().versionProvider(version);
      setVersion(command, version);
    }
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  /** Runs a command and returns its exit code. */
  public int run(String... arguments) {
    int exitCode = commandLine.execute(arguments);
    shell.out().flush();
    return exitCode;
  }

  private DemoCommand.Running startDemo(Path dataDir, int port) {
    Map<String, String> flags =
        Map.of("data.dir", dataDir.toString(), "http.port", Integer.toString(port));
    Settings settings = SettingSources.of(null, shell.variables(), flags).read();
    ServerLog.apply(settings.logging());
    return starter.start(settings);
  }
}
