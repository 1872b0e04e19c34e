package io.puraify.blackbox.server.cli.query;

import io.puraify.blackbox.server.cli.http.HttpAnswer;
import io.puraify.blackbox.server.cli.http.HttpConnection;
import io.puraify.blackbox.server.cli.http.ServerAddress;
import io.puraify.blackbox.server.cli.http.ServerFailedException;
import io.puraify.blackbox.server.cli.http.ServerOption;
import io.puraify.blackbox.server.cli.output.OutputOptions;
import io.puraify.blackbox.server.cli.output.RowWriter;
import io.puraify.blackbox.server.cli.query.QueryParameters.Parameter;
import io.puraify.blackbox.server.cli.terminal.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code blackbox tail}: shows events as they come in. */
@Command(
    name = "tail",
    description = {
      "Prints events as they come in, until it is stopped.",
      "",
      "What to find is written as for 'blackbox query'. When the connection is lost, it is made again,"
          + " and what came meanwhile is printed, too.",
      ""
    },
    abbreviateSynopsis = true,
    footer = {
      "",
      "Exit code: 0 when it is stopped or its reader is gone, 1 when the server could not be reached"
          + " or did not understand, 2 for wrong usage.",
      "",
      "Examples:",
      "  blackbox tail",
      "  blackbox tail 'status:error -platform:Slack' -n 50",
      "  blackbox tail engine=vault -o ndjson | jq .user_id"
    },
    mixinStandardHelpOptions = true)
public final class TailCommand implements Callable<Integer> {

  private static final String STREAM = "/monitoring/logs/stream?";

  /** Four of the server's signs of life. */
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private static final Duration RETRY = Duration.ofSeconds(1);

  @Mixin private FilterArguments filters = new FilterArguments();
  @Mixin private ServerOption server = new ServerOption();
  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private EventOutput events = new EventOutput();

  @Option(
      names = {"-n", "--history"},
      paramLabel = "N",
      defaultValue = "20",
      description = "Events of the past that come first (${DEFAULT-VALUE}).")
  private int history;

  private final Shell shell;
  private String lastId = "";

  /** Prepares the command. */
  public TailCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    RowWriter writer = events.writer(output.format(shell), output.table(), shell, true);
    ServerAddress address = server.address(shell.variables());
    boolean connected = follow(address, writer);
    while (connected && !shell.out().checkError()) {
      shell.err().println("the connection is lost; trying again");
      Thread.sleep(RETRY);
      try {
        connected = follow(address, writer);
      } catch (ServerFailedException e) {
        if (e.getCause() == null) {
          throw e;
        }
        // Nobody answers: it may just be starting again.
        shell.err().println(e.getMessage());
      }
    }
    return 0;
  }

  /** Prints what comes until the connection is lost; false where nobody reads the output. */
  private boolean follow(ServerAddress address, RowWriter writer) {
    Map<String, String> headers = lastId.isEmpty() ? Map.of() : Map.of("Last-Event-ID", lastId);
    boolean connected = false;
    try (HttpConnection connection = HttpConnection.open(address)) {
      EventStream stream = new EventStream(connection.stream(path(), headers, SILENCE));
      connected = true;
      for (var message = stream.next(); message != null; message = stream.next()) {
        print(message, writer);
        if (shell.out().checkError()) {
          return false;
        }
      }
    } catch (IOException e) {
      if (!connected) {
        throw ServerFailedException.unreachable(address, e);
      }
    }
    return true;
  }

  private String path() {
    List<Parameter> parameters = new ArrayList<>(filters.parameters());
    parameters.add(new Parameter("history", Integer.toString(history)));
    return STREAM + new QueryParameters(parameters).encoded();
  }

  private void print(EventStream.Message message, RowWriter writer) {
    byte[] data = message.data().getBytes(StandardCharsets.UTF_8);
    JsonNode json = new HttpAnswer(200, Map.of(), data).json();
    if (message.type().equals("left_out")) {
      shell.err().println("events are left out: " + message.data());
    } else {
      lastId = message.id();
      writer.page(List.of(json));
      shell.out().flush();
    }
  }
}
