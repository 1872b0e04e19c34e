package io.puraify.blackbox.server.cli.alerts;

import io.puraify.blackbox.server.cli.http.JsonRequest;
import io.puraify.blackbox.server.cli.http.ServerAddress;
import io.puraify.blackbox.server.cli.http.ServerFailedException;
import java.util.List;
import picocli.CommandLine.Parameters;

/** The argument that says which alert is meant. */
final class AlertArgument {

  static final String ALERTS = "/monitoring/alerts";

  /** A whole id; what is shorter is the beginning of one. */
  private static final int ID_CHARACTERS = 36;

  @Parameters(paramLabel = "ALERT", description = "The alert's id, or the beginning of it.")
  private String id = "";

  /**
   * Where the alert is.
   *
   * @throws ServerFailedException where there is none or there are several
   */
  String path(ServerAddress address) {
    return ALERTS + "/" + whole(address);
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
