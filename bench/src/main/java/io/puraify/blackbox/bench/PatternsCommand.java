package io.puraify.blackbox.bench;

import io.puraify.blackbox.engine.templates.Template;
import io.puraify.blackbox.engine.templates.Templates;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Measures how well message templates agree with those that people found, and what they cost. Each
 * message is seen once, in its order, and all sets are treated alike.
 */
@Command(
    name = "patterns",
    description = "Measures the grouping accuracy of message templates over labelled log sets.")
final class PatternsCommand implements Callable<Integer> {

  /** So often a set is read to have compiled code, and then to measure. */
  private static final int PASSES = 20;

  @Parameters(paramLabel = "FOLDER", description = "Of the sets' .csv files.")
  private Path folder = Path.of(".");

  @Option(names = "--errors", description = "Shows the groups that differ from the labels.")
  private boolean errors;

  @Override
  public Integer call() throws IOException {
    System.out.printf(
        "%-14s %8s %9s %7s %7s %13s%n",
        "set", "messages", "accuracy", "groups", "labels", "µs a message");
    double shares = 0;
    double micros = 0;
    List<LogSet> sets = LogSet.readAll(folder);
    for (LogSet set : sets) {
      List<String> messages = set.lines().stream().map(LogSet.Line::message).toList();
      List<String> labels =
          set.lines().stream().map(line -> line.columns().getOrDefault("EventId", "")).toList();
      GroupingAccuracy accuracy = GroupingAccuracy.of(groups(messages), labels);
      double cost = microsPerMessage(messages);
      System.out.printf(
          Locale.ROOT,
          "%-14s %,8d %9.4f %7d %7d %13.2f%n",
          set.name(),
          accuracy.messages(),
          accuracy.share(),
          accuracy.groups(),
          accuracy.labels(),
          cost);
      if (errors) {
        accuracy.mixed().forEach(line -> System.out.println("  mixed    " + line));
        accuracy.divided().forEach(line -> System.out.println("  divided  " + line));
      }
      shares += accuracy.share();
      micros += cost;
    }
    System.out.printf(
        Locale.ROOT,
        "%-14s %8s %9.4f %7s %7s %13.2f%n",
        "mean",
        "",
        shares / sets.size(),
        "",
        "",
        micros / sets.size());
    return 0;
  }

  private static List<Template> groups(List<String> messages) {
    Templates templates = new Templates();
    List<Template> found = new ArrayList<>(messages.stream().map(templates::add).toList());
    // Some turned out to be the same later.
    found.replaceAll(Template::root);
    return found;
  }

  /** With all that is learned on the way: each pass begins with nothing. */
  private static double microsPerMessage(List<String> messages) {
    pass(messages);
    long start = System.nanoTime();
    pass(messages);
    return (System.nanoTime() - start) / 1e3 / PASSES / Math.max(1, messages.size());
  }

  private static void pass(List<String> messages) {
    for (int i = 0; i < PASSES; i++) {
      Templates templates = new Templates();
      messages.forEach(templates::add);
    }
  }
}
