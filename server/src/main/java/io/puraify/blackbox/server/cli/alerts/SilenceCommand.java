package io.puraify.blackbox.server.cli.alerts;

import io.puraify.blackbox.server.cli.http.JsonRequest;
import io.puraify.blackbox.server.cli.http.ServerAddress;
import io.puraify.blackbox.server.cli.http.ServerOption;
import io.puraify.blackbox.server.cli.terminal.Printable;
import io.puraify.blackbox.server.cli.terminal.Shell;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code blackbox alerts silence}: for a while, nobody is told of some alerts. */
@Command(
    name = "silence",
    description = {
      "For a while, nobody is told of alerts whose labels match; who is silenced still fires.",
      "",
      "All matchers have to hold. Labels are the fields of a policy's events, its own labels, 'policy'"
          + " and 'severity'.",
      ""
    },
    abbreviateSynopsis = true,
    footer = {
      "",
      "Prints the silence's id, and the alerts that it means now.",
      "",
      "Exit code: 0 when it is done, 1 when the server could not be reached or did not understand, 2"
          + " for wrong usage.",
      "",
      "Examples:",
      "  blackbox alerts silence project_id=pf_880 --for 2h --reason 'moving house'",
      "  blackbox alerts silence 'severity=~low|info' policy!=vault --for 30m --reason test --preview"
    },
    mixinStandardHelpOptions = true)
public final class SilenceCommand implements Callable<Integer> {

  private static final String SILENCES = "/monitoring/alerts/silences";
  private static final Pattern MATCHER =
      Pattern.compile("([^=!~]+)(=~|!~|!=|=)(.*)", Pattern.DOTALL);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "MATCHER",
      arity = "1..*",
      description = "LABEL=VALUE, LABEL!=VALUE, LABEL=~REGEX or LABEL!~REGEX.")
  private List<String> matchers = List.of();

  @Option(
      names = "--for",
      paramLabel = "SPAN",
      required = true,
      description = "How long: 90s, 15m, 2h or 7d.")
  private String span = "";

  @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why.")
  private String reason = "";

  @Option(names = "--preview", description = "Only show which alerts it would mean.")
  private boolean preview;

  @Mixin private ActorOption actor = new ActorOption();
  @Mixin private ServerOption server = new ServerOption();

  private final Shell shell;

  /** Prepares the command. */
  public SilenceCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    ServerAddress address = server.address(shell.variables());
    JsonNode made =
        JsonRequest.post(address, preview ? SILENCES + "/preview" : SILENCES, document());
    long meant = made.path("matching_alerts").asLong();
    if (preview) {
      shell.out().printf("It would silence %,d alerts now.%n", meant);
    } else {
      shell
          .out()
          .printf(
              "Silence %s holds until %s; it silences %,d alerts now.%n",
              Printable.line(made.path("silence_id").asString("")),
              Printable.line(made.path("to").asString("")),
              meant);
    }
    for (JsonNode alert : made.path("alerts")) {
      shell
          .out()
          .println(
              Printable.line(
                  "  %s: %s"
                      .formatted(
                          alert.path("policy").asString(""), alert.path("title").asString(""))));
    }
    return 0;
  }

  private ObjectNode document() {
    ObjectNode silence = JsonNodeFactory.instance.objectNode();
    ArrayNode array = silence.putArray("matchers");
    for (String each : matchers) {
      Matcher parts = MATCHER.matcher(each);
      if (!parts.matches()) {
        throw new ParameterException(
            spec.commandLine(),
            "'%s' is no matcher; LABEL=VALUE, with =, !=, =~ or !~, was expected".formatted(each));
      }
      array
          .addObject()
          .put("label", parts.group(1))
          .put("op", parts.group(2))
          .put("value", parts.group(3));
    }
    silence.put("duration", span);
    silence.put("reason", reason);
    silence.put("created_by", actor.name(shell.variables()));
    return silence;
  }
}
