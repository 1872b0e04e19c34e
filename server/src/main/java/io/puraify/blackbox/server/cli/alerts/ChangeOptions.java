package io.puraify.blackbox.server.cli.alerts;

import io.puraify.blackbox.server.cli.http.JsonRequest;
import io.puraify.blackbox.server.cli.http.ServerAddress;
import io.puraify.blackbox.server.cli.http.ServerOption;
import io.puraify.blackbox.server.cli.terminal.Printable;
import io.puraify.blackbox.server.cli.terminal.Shell;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What {@code ack} and {@code resolve} have in common: which alert, who, and why. */
final class ChangeOptions {

  @Mixin private AlertArgument alert = new AlertArgument();

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
    JsonNode changed = JsonRequest.post(address, alert.path(address) + "/" + verb, body);
    shell
        .out()
        .println(
            Printable.line(
                "%s is %s: %s"
                    .formatted(
                        changed.path("alert_id").asString(""),
                        changed.path("state").asString(""),
                        changed.path("title").asString(""))));
    return 0;
  }
}
