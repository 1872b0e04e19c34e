package io.puraify.blackbox.server.cli.alerts;

import io.puraify.blackbox.server.cli.output.Column;
import io.puraify.blackbox.server.cli.output.Column.Kind;
import java.util.List;

/** What is shown of a policy that was tried. */
final class PolicyTestColumns {

  /** Numbers as they are answered, so that programs can read them in CSV. */
  static final List<Column> ALL =
      List.of(
          plain("policy", Kind.LABEL),
          plain("from", Kind.TIME),
          plain("to", Kind.TIME),
          plain("events", Kind.NUMBER),
          plain("fired", Kind.NUMBER),
          plain("firing_seconds", Kind.NUMBER),
          plain("groups", Kind.NUMBER),
          plain("notified", Kind.NUMBER));

  private PolicyTestColumns() {}

  private static Column plain(String name, Kind kind) {
    return new Column(name, kind, row -> Column.text(row, name));
  }
}
