package io.puraify.blackbox.server.cli.alerts;

import io.puraify.blackbox.server.cli.http.JsonRequest;
import io.puraify.blackbox.server.cli.http.ServerAddress;
import io.puraify.blackbox.server.cli.http.ServerOption;
import io.puraify.blackbox.server.cli.output.Column;
import io.puraify.blackbox.server.cli.output.Column.Kind;
import io.puraify.blackbox.server.cli.output.OutputFormat;
import io.puraify.blackbox.server.cli.output.OutputOptions;
import io.puraify.blackbox.server.cli.output.Rows;
import io.puraify.blackbox.server.cli.query.QueryParameters;
import io.puraify.blackbox.server.cli.query.QueryParameters.Parameter;
import io.puraify.blackbox.server.cli.terminal.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code blackbox alerts inbox}: what the channel {@code ui} was told and nobody has read. */
@Command(
    name = "inbox",
    description = {"Lists what the channel ui was told and nobody has read, the newest first.", ""},
    abbreviateSynopsis = true,
    footer = {
      "",
      "Exit code: 0 also when there is nothing to read, 1 when the server could not be reached or did"
          + " not understand, 2 for wrong usage.",
      "",
      "Examples:",
      "  blackbox alerts inbox",
      "  blackbox alerts inbox --read",
      "  blackbox alerts inbox --all --limit 10 -o json"
    },
    mixinStandardHelpOptions = true)
public final class InboxCommand implements Callable<Integer> {

  private static final String INBOX = "/monitoring/alerts/inbox";
  private static final String UNREAD = "unread";

  @Option(names = "--all", description = "Also what somebody has read.")
  private boolean all;

  @Option(
      names = "--read",
      description = {
        "Mark what is listed as read, and all that is older, also where the limit leaves it out."
      })
  private boolean read;

  @Option(names = "--limit", paramLabel = "N", description = "Entries at most, 1 to 1000 (100).")
  private @Nullable Integer limit;

  @Mixin private ServerOption server = new ServerOption();
  @Mixin private OutputOptions output = new OutputOptions();

  private final Shell shell;

  /** Prepares the command. */
  public InboxCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    ServerAddress address = server.address(shell.variables());
    List<Parameter> parameters = new ArrayList<>();
    Parameter.add(parameters, "limit", limit);
    JsonNode page =
        JsonRequest.get(address, INBOX + "?" + new QueryParameters(parameters).encoded());
    List<JsonNode> entries =
        page.path("entries").valueStream().filter(each -> all || isUnread(each)).toList();
    Rows.list(
        shell,
        output,
        InboxCommand::columns,
        entries,
        all ? "the inbox is empty" : "nothing in the inbox is unread");
    long hidden =
        page.path(UNREAD).asLong(0) - entries.stream().filter(InboxCommand::isUnread).count();
    if (read && !entries.isEmpty()) {
      markRead(address, entries.getFirst().path("number").asLong());
    } else if (hidden > 0) {
      shell.err().printf("%,d more are unread; --limit shows up to 1000%n", hidden);
    }
    return 0;
  }

  private static boolean isUnread(JsonNode entry) {
    return entry.path(UNREAD).asBoolean(false);
  }

  private void markRead(ServerAddress address, long number) {
    JsonNode left =
        JsonRequest.post(
            address, INBOX + "/read", JsonNodeFactory.instance.objectNode().put("up_to", number));
    shell
        .err()
        .printf(
            "all up to number %d are read; %,d are unread%n", number, left.path(UNREAD).asLong(0));
  }

  private static List<Column> columns(OutputFormat format) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.of("number", Kind.NUMBER));
    if (format != OutputFormat.TABLE) {
      columns.add(ofNotification("notification_id", Kind.ID));
    }
    columns.addAll(
        List.of(
            Column.of(UNREAD, Kind.LABEL),
            ofNotification("created_at", Kind.TIME),
            ofNotification("severity", Kind.LABEL),
            ofNotification("reason", Kind.LABEL),
            ofNotification("title", Kind.PROSE)));
    return columns;
  }

  private static Column ofNotification(String name, Kind kind) {
    return new Column(name, kind, row -> Column.text(row.path("notification"), name));
  }
}
