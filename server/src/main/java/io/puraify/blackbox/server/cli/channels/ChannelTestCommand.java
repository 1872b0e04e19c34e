package io.puraify.blackbox.server.cli.channels;

import io.puraify.blackbox.server.cli.http.JsonRequest;
import io.puraify.blackbox.server.cli.http.PercentEncoding;
import io.puraify.blackbox.server.cli.http.ServerOption;
import io.puraify.blackbox.server.cli.output.Column;
import io.puraify.blackbox.server.cli.output.TextOptions;
import io.puraify.blackbox.server.cli.terminal.Printable;
import io.puraify.blackbox.server.cli.terminal.Shell;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code blackbox channels test}: tells a channel something made up. */
@Command(
    name = "test",
    description = {
      "Tells a channel something made up, now, and prints what the other side has answered.",
      ""
    },
    abbreviateSynopsis = true,
    footer = {
      "",
      "Exit code: 0 when the other side has accepted it, 1 when it has not, there is no such channel or"
          + " the server could not be reached, 2 for wrong usage.",
      "",
      "Examples:",
      "  blackbox channels test team",
      "  blackbox channels test pager -o json"
    },
    mixinStandardHelpOptions = true)
public final class ChannelTestCommand implements Callable<Integer> {

  @Parameters(paramLabel = "NAME", description = "The channel's name.")
  private String name = "";

  @Mixin private ServerOption server = new ServerOption();
  @Mixin private TextOptions output = new TextOptions();

  private final Shell shell;

  /** Prepares the command. */
  public ChannelTestCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    JsonNode test =
        JsonRequest.post(
            server.address(shell.variables()),
            "%s/%s/test".formatted(ChannelsCommand.CHANNELS, PercentEncoding.of(name)),
            JsonNodeFactory.instance.objectNode());
    output.print(shell, test, answer -> List.of(Printable.lines(Column.text(answer, "answer"))));
    String outcome = Column.text(test, "outcome");
    if (outcome.equals("delivered")) {
      return 0;
    }
    shell
        .err()
        .printf(
            "blackbox: channel '%s' has not accepted it; %s%n",
            Printable.line(name),
            outcome.equals("retry")
                ? "an alert would be attempted again"
                : "an alert would be given up");
    return 1;
  }
}
