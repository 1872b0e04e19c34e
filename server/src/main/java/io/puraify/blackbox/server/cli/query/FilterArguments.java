package io.puraify.blackbox.server.cli.query;

import io.puraify.blackbox.server.cli.query.QueryParameters.Parameter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Parameters;

/** The arguments that say which events are meant. */
final class FilterArguments {

  /** Of a field or an attribute; behind anything else an equals sign is part of an expression. */
  private static final String FIELD_NAME = "[A-Za-z_][A-Za-z0-9_.@-]*";

  @Parameters(
      arity = "0..*",
      paramLabel = "EXPRESSION|FIELD=VALUE",
      description = "What to find; without any, all events are found.")
  private List<String> filters = List.of();

  /** As parameters of a request: what is no {@code FIELD=VALUE} is one expression together. */
  List<Parameter> parameters() {
    List<Parameter> list = new ArrayList<>();
    List<String> expression = new ArrayList<>();
    for (String filter : filters) {
      int equals = filter.indexOf('=');
      if (equals > 0 && filter.substring(0, equals).matches(FIELD_NAME)) {
        list.add(new Parameter(filter.substring(0, equals), filter.substring(equals + 1)));
      } else {
        expression.add(filter);
      }
    }
    if (!expression.isEmpty()) {
      list.addFirst(new Parameter("q", String.join(" ", expression)));
    }
    return list;
  }
}
