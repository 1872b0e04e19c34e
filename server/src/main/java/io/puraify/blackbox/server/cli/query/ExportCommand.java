package io.puraify.blackbox.server.cli.query;

import io.puraify.blackbox.server.cli.http.HttpAnswer;
import io.puraify.blackbox.server.cli.http.HttpConnection;
import io.puraify.blackbox.server.cli.http.ServerAddress;
import io.puraify.blackbox.server.cli.http.ServerFailedException;
import io.puraify.blackbox.server.cli.http.ServerOption;
import io.puraify.blackbox.server.cli.output.OutputFormat;
import io.puraify.blackbox.server.cli.output.RowWriter;
import io.puraify.blackbox.server.cli.output.TableOptions;
import io.puraify.blackbox.server.cli.query.QueryParameters.Parameter;
import io.puraify.blackbox.server.cli.terminal.ProgressLine;
import io.puraify.blackbox.server.cli.terminal.Shell;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code blackbox export}: all events that match, as a file. */
@Command(
    name = "export",
    description = {
      "Writes all events that match, the newest first: to standard output, or into a file.",
      "",
      "Which events is written as for 'blackbox query'. It takes no more memory however many there"
          + " are. A file gets its name when it is whole; until then it ends with .part.",
      ""
    },
    abbreviateSynopsis = true,
    footer = {
      "",
      "Exit code: 0 when all was written, also when that is nothing, 1 when the server could not be"
          + " reached, did not understand or broke off, 2 for wrong usage.",
      "",
      "Examples:",
      "  blackbox export --since 7d --file events.parquet",
      "  blackbox export project_id=pf_123 status:error -o csv > errors.csv",
      "  blackbox export --from 2025-07-25 --to 2025-07-26 | zstd > day.ndjson.zst"
    },
    mixinStandardHelpOptions = true)
public final class ExportCommand implements Callable<Integer> {

  private static final String EXPORT = "/monitoring/logs/export?";

  /** Parquet begins when the first 100,000 events or so are found, which may be rare ones. */
  private static final Duration SILENCE = Duration.ofMinutes(10);

  private static final int BUFFER = 1 << 16;
  private static final int PAGE = 1_000;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private FilterArguments filters = new FilterArguments();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = {
        "ndjson, csv, parquet, json or table; without it, as the file's name ends, or else ndjson."
      })
  private @Nullable ExportFormat output;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "Write into this file, in place of what it has.")
  private @Nullable Path file;

  @Mixin private TimeOptions times = new TimeOptions();
  @Mixin private ServerOption server = new ServerOption();
  @Mixin private TableOptions table = new TableOptions();
  @Mixin private EventOutput events = new EventOutput();

  private final Shell shell;
  private final AtomicLong received = new AtomicLong();

  /** Prepares the command. */
  public ExportCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException {
    ExportFormat format = format();
    if (file == null) {
      if (format == ExportFormat.PARQUET && shell.terminal().showsOutput()) {
        throw new ParameterException(
            spec.commandLine(), "Parquet is nothing to look at; write it into a --file");
      }
      receive(format, shell);
      return 0;
    }
    try (PartFile part = PartFile.begin(file);
        ProgressLine _ = ProgressLine.show(shell, this::progress)) {
      if (!receive(format, shell.into(part.out()))) {
        throw new IOException(file + ".part cannot be written; is there room on its disk?");
      }
      part.complete();
    }
    return 0;
  }

  private ExportFormat format() {
    if (output != null) {
      return output;
    }
    return file == null ? ExportFormat.NDJSON : ExportFormat.of(file);
  }

  private String progress(int columns) {
    String text = "%.1f MB".formatted(received.get() / 1e6);
    return text.length() <= columns ? text : "";
  }

  /** Writes what comes; false where it cannot be written any more. */
  private boolean receive(ExportFormat format, Shell target) throws IOException {
    RowWriter writer = rows(format, target);
    ServerAddress address = server.address(shell.variables());
    String path = EXPORT + parameters(writer == null ? format : ExportFormat.NDJSON).encoded();
    boolean begun = false;
    try (HttpConnection connection = HttpConnection.open(address)) {
      InputStream body = connection.stream(path, Map.of(), SILENCE);
      begun = true;
      return writer == null ? copy(body, target.out()) : print(body, writer, target.out());
    } catch (IOException e) {
      if (!begun) {
        throw ServerFailedException.unreachable(address, e);
      }
      throw new ServerFailedException(
          "the export broke off after %,d bytes: %s".formatted(received.get(), e.getMessage()), e);
    }
  }

  /** What prints event after event; {@code null} where the server's bytes are what is wanted. */
  private @Nullable RowWriter rows(ExportFormat format, Shell target) {
    return switch (format) {
      case JSON -> events.writer(OutputFormat.JSON, table, target, false);
      case TABLE -> events.writer(OutputFormat.TABLE, table, target, false);
      case CSV -> events.chosen() ? events.writer(OutputFormat.CSV, table, target, false) : null;
      case NDJSON, PARQUET -> null;
    };
  }

  private boolean copy(InputStream body, PrintStream out) throws IOException {
    byte[] bytes = new byte[BUFFER];
    for (int count = body.read(bytes); count >= 0; count = body.read(bytes)) {
      out.write(bytes, 0, count);
      received.addAndGet(count);
      if (out.checkError()) {
        return false;
      }
    }
    return true;
  }

  private boolean print(InputStream body, RowWriter writer, PrintStream out) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    List<JsonNode> page = new ArrayList<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      byte[] json = line.getBytes(StandardCharsets.UTF_8);
      received.addAndGet(json.length + 1);
      page.add(new HttpAnswer(200, Map.of(), json).json());
      if (page.size() == PAGE) {
        writer.page(page);
        page.clear();
        if (out.checkError()) {
          return false;
        }
      }
    }
    if (!page.isEmpty()) {
      writer.page(page);
    }
    writer.end();
    return !out.checkError();
  }

  private QueryParameters parameters(ExportFormat format) {
    List<Parameter> list = new ArrayList<>(filters.parameters());
    list.addAll(times.parameters());
    list.add(new Parameter("format", format.parameter()));
    return new QueryParameters(list);
  }
}
