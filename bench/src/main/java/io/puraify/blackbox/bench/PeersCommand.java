package io.puraify.blackbox.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures Blackbox side by side with its peers. */
@Command(
    name = "peers",
    description = "Measures Blackbox, ClickHouse and OpenSearch in turn and records the ratios.",
    mixinStandardHelpOptions = true)
final class PeersCommand implements Callable<Integer> {

  @Mixin private MeasureOptions options = new MeasureOptions();

  @Option(
      names = "--peers",
      split = ",",
      defaultValue = "clickhouse,opensearch",
      description = "Which peers (${DEFAULT-VALUE}).")
  private List<String> chosen = List.of();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--opensearch-events",
      defaultValue = "1000000",
      description = "The most events for OpenSearch, which is slow (${DEFAULT-VALUE}).")
  private long openSearchEvents;

  @Option(
      names = "--opensearch-heap",
      defaultValue = "4g",
      description = "The Java heap of OpenSearch (${DEFAULT-VALUE}).")
  private String openSearchHeap = "4g";

  @Option(
      names = "--opensearch-jar",
      defaultValue = "bench/opensearch/target/opensearch-peer.jar",
      description = "The OpenSearch node (${DEFAULT-VALUE}).")
  private Path openSearchJar = Path.of("bench/opensearch/target/opensearch-peer.jar");

  @Option(
      names = "--clickhouse-script",
      defaultValue = "bench/peers/clickhouse.mjs",
      description = "What runs ClickHouse (${DEFAULT-VALUE}).")
  private Path clickHouseScript = Path.of("bench/peers/clickhouse.mjs");

  @Option(
      names = "--node",
      defaultValue = "node",
      description = "The program that runs the script (${DEFAULT-VALUE}).")
  private String node = "node";

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Peer> peers = peers();
    for (Peer peer : peers) {
      peer.requireInstalled();
    }
    Conditions conditions = Conditions.of(Instant.now(), options.events(), commandLine());
    Steps steps = new Steps();
    steps.say("making up the events, unless they are there");
    Path events = EventFile.cached(options.dir(), options.events());
    steps.say("counting what the answers must have");
    // Taken from what all of them have.
    Samples samples = Samples.of(events, Math.min(openSearchEvents, options.events()));
    Peer.Task task = Peer.Task.of(events, options.events(), samples);
    List<SystemResult> results = measure(peers, task, steps);
    Report report =
        new Report("peers", conditions, results.getFirst(), results.subList(1, results.size()));
    System.out.print(report.markdown());
    steps.say("recorded in " + options.results().record(report));
    return 0;
  }

  /** Blackbox and the chosen ones. */
  private List<Peer> peers() {
    List<Peer> all =
        List.of(
            new ClickHousePeer(node, clickHouseScript, options.dir()),
            new OpenSearchPeer(openSearchJar, openSearchHeap, openSearchEvents, options.dir()));
    List<Peer> peers = new ArrayList<>(List.of(new BlackboxPeer(options.blackbox())));
    all.stream().filter(peer -> chosen.contains(peer.name())).forEach(peers::add);
    if (peers.size() <= chosen.size()) {
      String names = all.stream().map(Peer::name).collect(Collectors.joining(","));
      throw new ParameterException(
          spec.commandLine(), "--peers is some of %s, not %s".formatted(names, chosen));
    }
    return peers;
  }

  /** In turn, so that a machine that gets slower or faster does so for all of them. */
  private List<SystemResult> measure(List<Peer> peers, Peer.Task task, Steps steps)
      throws IOException, InterruptedException {
    List<SystemResult> results = new ArrayList<>();
    for (int run = 1; run <= options.runs(); run++) {
      for (int i = 0; i < peers.size(); i++) {
        steps.say("%s, run %d of %d".formatted(peers.get(i).name(), run, options.runs()));
        SystemResult result = peers.get(i).measure(task);
        if (run == 1) {
          results.add(result);
        } else {
          results.get(i).measurements().addAll(result.measurements());
        }
      }
    }
    return results;
  }

  private String commandLine() {
    return String.format(
        Locale.ROOT,
        "bench peers --events %d --runs %d --peers %s --opensearch-events %d --opensearch-heap %s",
        options.events(),
        options.runs(),
        String.join(",", chosen),
        openSearchEvents,
        openSearchHeap);
  }
}
