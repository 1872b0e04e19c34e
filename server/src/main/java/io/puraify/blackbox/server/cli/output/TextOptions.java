package io.puraify.blackbox.server.cli.output;

import io.puraify.blackbox.server.cli.terminal.Shell;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** The option that says how an answer is printed that is no list. */
public final class TextOptions {

  /** How it is printed. */
  enum Output {
    /** In lines, for people. */
    TEXT,
    /** As the server has it. */
    JSON
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "text or json (text).")
  private Output output = Output.TEXT;

  /**
   * Prints an answer.
   *
   * @param text its lines, harmless to a terminal
   */
  public void print(Shell shell, JsonNode answer, Function<JsonNode, List<String>> text) {
    switch (output) {
      case TEXT -> text.apply(answer).forEach(shell.out()::println);
      case JSON -> shell.out().println(answer.toPrettyString());
    }
    shell.out().flush();
  }
}
