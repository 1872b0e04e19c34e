package io.puraify.blackbox.server.cli.ingest;

import io.puraify.blackbox.server.cli.http.ServerAddress;
import io.puraify.blackbox.server.cli.http.ServerFailedException;
import io.puraify.blackbox.server.cli.http.ServerOption;
import io.puraify.blackbox.server.cli.terminal.Printable;
import io.puraify.blackbox.server.cli.terminal.ProgressLine;
import io.puraify.blackbox.server.cli.terminal.Shell;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code blackbox ingest}: sends files of events to a server. */
@Command(
    name = "ingest",
    description = {
      "Sends files of events to a running server, and waits until all of them can be queried.",
      "",
      "Each event is a JSON object with at least a project_id; a file holds one a line (NDJSON),"
          + " or an array of them, or a single one. Files compressed by gzip or zstd are"
          + " recognised by their content.",
      ""
    },
    abbreviateSynopsis = true,
    footer = {
      "",
      "For a day, events that are sent again are recognised by their event_id and not stored"
          + " twice.",
      "",
      "Exit code: 0 when all events were accepted, 1 when some were rejected or the server could"
          + " not be reached, 2 for wrong usage.",
      "",
      "Examples:",
      "  blackbox ingest events.ndjson",
      "  blackbox ingest --server http://logs.internal:7070 2025-07-*.ndjson.gz",
      "  xzcat events.ndjson.xz | blackbox ingest -"
    },
    mixinStandardHelpOptions = true)
public final class IngestCommand implements Callable<Integer> {

  private static final int EXIT_REJECTED = 1;

  /** Large enough that requests are few, small enough that a repeated one costs little. */
  private static final int SLICE_BYTES = 4 << 20;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Files of events; - is standard input.")
  private List<String> files = List.of();

  @Mixin private ServerOption server = new ServerOption();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "auto",
      description =
          "ndjson: an event a line; json: an array of events, or one after the other; auto: as"
              + " the file's name and its first character suggest (${DEFAULT-VALUE}).")
  private Format format = Format.AUTO;

  @Option(
      names = "--no-wait",
      description = "End when the events are safe, even if they cannot be queried yet.")
  private boolean noWait;

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "3",
      description = "Requests at the same time, 1 to 64 (${DEFAULT-VALUE}).")
  private int connections;

  @Option(
      names = "--rejections",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many of the rejected events are listed (${DEFAULT-VALUE}).")
  private int rejections;

  private final Shell shell;
  private final InstantSource clock;
  private final int sliceBytes;
  private final Delivery.Patience patience;

  /** Prepares the command. */
  public IngestCommand(Shell shell, InstantSource clock) {
    this(shell, clock, SLICE_BYTES, Delivery.Patience.USUAL);
  }

  IngestCommand(Shell shell, InstantSource clock, int sliceBytes, Delivery.Patience patience) {
    this.shell = shell;
    this.clock = clock;
    this.sliceBytes = sliceBytes;
    this.patience = patience;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Input> inputs = files.stream().map(Input::of).toList();
    Ingestion.Options options = options(inputs);
    Tally tally = new Tally(rejections);
    Instant began = clock.instant();
    long total = total(inputs);
    try (SliceQueue queue = new SliceQueue(inputs, shell.in(), format, sliceBytes)) {
      try (ProgressLine _ =
          ProgressLine.show(
              shell,
              columns ->
                  new IngestProgress(queue.bytesRead(), total, tally.accepted(), since(began))
                      .line(columns))) {
        new Ingestion(options, queue, tally, clock).run();
      } catch (IOException | ServerFailedException e) {
        if (tally.accepted() + tally.rejected() > 0) {
          report(tally, since(began), "Then it failed.");
        }
        throw e;
      }
    }
    report(tally, since(began), noWait ? "They are safe." : "They are safe and can be queried.");
    return tally.rejected() > 0 ? EXIT_REJECTED : 0;
  }

  private Ingestion.Options options(List<Input> inputs) {
    inputs.stream()
        .map(Input::objection)
        .filter(Objects::nonNull)
        .findFirst()
        .ifPresent(objection -> {
          throw new ParameterException(spec.commandLine(), objection);
        });
    if (connections < 1 || connections > 64 || rejections < 0) {
      throw new ParameterException(
          spec.commandLine(), "--connections is 1 to 64, and --rejections is not negative");
    }
    ServerAddress address = server.address(shell.variables());
    return new Ingestion.Options(address, connections, !noWait, patience);
  }

  private static long total(List<Input> inputs) throws IOException {
    long total = 0;
    for (Input input : inputs) {
      if (input.size() == 0) {
        return 0;
      }
      total += input.size();
    }
    return total;
  }

  private Duration since(Instant began) {
    return Duration.between(began, clock.instant());
  }

  private void report(Tally tally, Duration elapsed, String state) {
    List<Tally.Rejected> first = tally.firstRejected();
    first.forEach(rejected -> shell.err().println(Printable.line(rejected.toString())));
    long more = tally.rejected() - first.size();
    if (more > 0) {
      shell.err().printf(Locale.ROOT, "%,d more were rejected%n", more);
    }
    shell
        .out()
        .printf(
            Locale.ROOT,
            "%,d events accepted (%,d of them repeats), %,d rejected;"
                + " %,.1f MB in %.1f s, %,.0f events/s. %s%n",
            tally.accepted(),
            tally.duplicates(),
            tally.rejected(),
            tally.bytes() / 1e6,
            elapsed.toMillis() / 1e3,
            IngestProgress.perSecond(tally.accepted(), elapsed),
            state);
    shell.out().flush();
  }
}
