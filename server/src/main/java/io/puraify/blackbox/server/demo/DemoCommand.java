package io.puraify.blackbox.server.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code blackbox demo}: a server with believable traffic, to look around in. */
@Command(
    name = "demo",
    description = {
      "Starts a server on an empty folder and sends it believable traffic.",
      "",
      "It begins with what would have happened in the last minutes, says what to look at, and goes"
          + " on until Ctrl-C.",
      ""
    },
    footer = {
      "",
      "Exit code: 1 when it could not start, 2 for wrong usage or a folder that is not empty.",
      "",
      "Examples:",
      "  blackbox demo",
      "  blackbox demo --http-port 0 --data-dir demo-data --rate 500"
    },
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {

  /** Starts a server for the demo. */
  @FunctionalInterface
  public interface Starter {

    /**
     * Starts a server that is ready when this returns.
     *
     * @param port where it listens; 0 picks a free one
     */
    Running start(Path dataDir, int port) throws IOException;
  }

  /** A server that runs until it is closed. */
  public interface Running extends AutoCloseable {

    /** Its address, such as {@code http://127.0.0.1:7070}. */
    URI uri();

    @Override
    void close();
  }

  private static final int EXIT_USAGE = 2;

  private final Starter starter;
  private final InstantSource clock;
  private final PrintStream out;

  @Option(
      names = "--http-port",
      defaultValue = "7070",
      description = "Where the server listens; 0 picks a free port (${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--data-dir",
      description = "An empty folder to keep the events in; without it, a temporary one.")
  private @Nullable Path dataDir;

  @Option(
      names = "--rate",
      defaultValue = "60",
      description = "Events a second, on average over a day (${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Other seeds, other events (${DEFAULT-VALUE}).")
  private long seed;

  /**
   * Prepares the command.
   *
   * @param clock tells the events' time
   * @param out where it says what to look at
   */
  public DemoCommand(Starter starter, InstantSource clock, PrintStream out) {
    this.starter = starter;
    this.clock = clock;
    this.out = out;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder = dataDir == null ? Files.createTempDirectory("blackbox-demo-") : dataDir;
    if (!isEmpty(folder)) {
      System.err.printf(
          "%s is not empty; the demo needs a folder of its own, such as --data-dir demo-data%n",
          folder);
      return EXIT_USAGE;
    }
    try (Running server = starter.start(folder, port)) {
      DemoTraffic traffic = new DemoTraffic(server.uri(), seed, rate, clock);
      long events = traffic.sendPast();
      out.print(guide(server.uri(), folder, events, rate));
      out.flush();
      traffic.follow();
    }
    return 0;
  }

  private static boolean isEmpty(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return true;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  /** What to look at, as commands that work as they stand. */
  static String guide(URI server, Path folder, long events, double rate) {
    return """

    Blackbox runs at %1$s and keeps its events in %2$s
    %3$,d events of the last %4$d minutes are there; about %5$.0f a second follow.
    Five minutes ago the vault was deployed, and since then something goes wrong with Slack:

      the deployment    curl -s '%1$s/monitoring/logs?event_type=deployment'
      the newest errors curl -s '%1$s/monitoring/logs?status=error&limit=5'
      expired tokens    curl -s '%1$s/monitoring/logs?error_type=token_expired&platform=Slack&since=10m&limit=5'
      slow calls        curl -sG '%1$s/monitoring/logs' -d limit=5 -d 'duration_ms=>5000'
      some words        curl -s '%1$s/monitoring/logs?message=invalid&message=token&limit=5'
      one's own event   curl -s '%1$s/monitoring/logs' -H 'Content-Type: application/json' \\
                          -d '{"project_id":"pf_123","event_type":"execution","platform":"Slack","action":"send_message","status":"success","duration_ms":842}'

    Ctrl-C ends it.
    """
        .formatted(server, folder, events, DemoTraffic.PAST.toMinutes(), rate);
  }
}
