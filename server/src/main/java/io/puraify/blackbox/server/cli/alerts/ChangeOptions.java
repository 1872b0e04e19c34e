package io.puraify.blackbox.server.cli.alerts;

import io.puraify.blackbox.server.cli.http.JsonRequest;
import io.puraify.blackbox.server.cli.http.ServerAddress;
import io.puraify.blackbox.server.cli.http.ServerFailedException;
import io.puraify.blackbox.server.cli.http.ServerOption;
import io.puraify.blackbox.server.cli.terminal.Printable;
import io.puraify.blackbox.server.cli.terminal.Shell;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What {@code ack} and {@code resolve} have in common: which alert, who, and why. */
final class ChangeOptions {

  private static final String ALERTS = "/monitoring/alerts";

  /** A whole id; what is shorter is the beginning of one. */
  private static final int ID_CHARACTERS = 36;

  @Parameters(paramLabel = "ALERT", description = "The alert's id, or the beginning of it.")
  private String id = "";

  @Option(names = "--comment", paramLabel = "TEXT", description = "What others should know of it.")
  private @Nullable String comment;

  @Mixin private ActorOption actor = new ActorOption();
  @Mixin private ServerOption server = new ServerOption();

  /** Changes the alert, and says so. */
  int change(Shell shell, String verb) {
    ServerAddress address = server.address(shell.variables());
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("actor", actor.name(shell.variables()));
    if (comment != null) {
      body.put("comment", comment);
    }
    JsonNode alert =
        JsonRequest.post(address, "%s/%s/%s".formatted(ALERTS, whole(address), verb), body);
    shell
        .out()
        .println(
            Printable.line(
                "%s is %s: %s"
                    .formatted(
                        alert.path("alert_id").asString(""),
                        alert.path("state").asString(""),
                        alert.path("title").asString(""))));
    return 0;
  }

  private String whole(ServerAddress address) {
    if (id.length() == ID_CHARACTERS && id.matches("[0-9a-f-]+")) {
      return id;
    }
    List<String> found =
        JsonRequest.get(address, ALERTS + "?limit=1000")
            .path("alerts")
            .valueStream()
            .map(alert -> alert.path("alert_id").asString(""))
            .filter(each -> !id.isEmpty() && each.startsWith(id))
            .toList();
    if (found.size() != 1) {
      throw new ServerFailedException(
          "%s of the newest 1000 alerts have an id that begins with '%s'; one was expected"
              .formatted(found.isEmpty() ? "none" : Integer.toString(found.size()), id),
          null);
    }
    return found.getFirst();
  }
}
