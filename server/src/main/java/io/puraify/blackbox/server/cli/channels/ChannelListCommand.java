package io.puraify.blackbox.server.cli.channels;

import io.puraify.blackbox.server.cli.http.JsonRequest;
import io.puraify.blackbox.server.cli.http.ServerOption;
import io.puraify.blackbox.server.cli.output.Column;
import io.puraify.blackbox.server.cli.output.Column.Kind;
import io.puraify.blackbox.server.cli.output.OutputOptions;
import io.puraify.blackbox.server.cli.output.Rows;
import io.puraify.blackbox.server.cli.terminal.Shell;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** {@code blackbox channels list}: the channels. */
@Command(
    name = "list",
    description = {"Lists the channels that the server can tell somebody on.", ""},
    abbreviateSynopsis = true,
    footer = {
      "",
      "Exit code: 0 when they are listed, 1 when the server could not be reached, 2 for wrong usage.",
      "",
      "Examples:",
      "  blackbox channels list",
      "  blackbox channels list -o json"
    },
    mixinStandardHelpOptions = true)
public final class ChannelListCommand implements Callable<Integer> {

  private static final List<Column> COLUMNS =
      List.of(Column.of("channel", Kind.LABEL), Column.of("kind", Kind.LABEL));

  @Mixin private ServerOption server = new ServerOption();
  @Mixin private OutputOptions output = new OutputOptions();

  private final Shell shell;

  /** Prepares the command. */
  public ChannelListCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    List<JsonNode> channels =
        JsonRequest.get(server.address(shell.variables()), ChannelsCommand.CHANNELS)
            .path("channels")
            .valueStream()
            .toList();
    Rows.list(shell, output, format -> COLUMNS, channels, "no channels found");
    return 0;
  }
}
