package io.puraify.blackbox.server.cli.policies;

import io.puraify.blackbox.server.cli.output.Column;
import io.puraify.blackbox.server.cli.output.Column.Kind;
import java.util.List;

/** What is shown of a policy that was tried. */
final class PolicyTestColumns {

  /** Numbers as they are answered, so that programs can read them in CSV. */
  static final List<Column> ALL =
      List.of(
          Column.of("policy", Kind.LABEL),
          Column.of("from", Kind.TIME),
          Column.of("to", Kind.TIME),
          Column.of("events", Kind.NUMBER),
          Column.of("fired", Kind.NUMBER),
          Column.of("firing_seconds", Kind.NUMBER),
          Column.of("groups", Kind.NUMBER),
          Column.of("notified", Kind.NUMBER));

  private PolicyTestColumns() {}
}
