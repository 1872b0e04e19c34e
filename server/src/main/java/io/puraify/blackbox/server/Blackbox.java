package io.puraify.blackbox.server;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Health;
import io.puraify.blackbox.core.JournalConsumer;
import io.puraify.blackbox.core.Position;
import io.puraify.blackbox.core.Removals;
import io.puraify.blackbox.core.StoringPolicy;
import io.puraify.blackbox.engine.alerts.AlertDispatcher;
import io.puraify.blackbox.engine.alerts.AlertThreads;
import io.puraify.blackbox.engine.audit.AuditConsumer;
import io.puraify.blackbox.engine.audit.AuditMark;
import io.puraify.blackbox.engine.audit.AuditOptions;
import io.puraify.blackbox.engine.audit.AuditTrail;
import io.puraify.blackbox.engine.audit.GapRecorder;
import io.puraify.blackbox.engine.collector.Collector;
import io.puraify.blackbox.engine.collector.EventIdLog;
import io.puraify.blackbox.engine.collector.EventIdWindow;
import io.puraify.blackbox.engine.collector.SecretMask;
import io.puraify.blackbox.engine.consumers.Consumers;
import io.puraify.blackbox.engine.consumers.EventStoreConsumer;
import io.puraify.blackbox.engine.errors.ErrorConsumer;
import io.puraify.blackbox.engine.errors.ErrorGroups;
import io.puraify.blackbox.engine.errors.FloodPolicy;
import io.puraify.blackbox.engine.errors.RuleVersions;
import io.puraify.blackbox.engine.errors.StoredEvents;
import io.puraify.blackbox.engine.performance.PerformanceConsumer;
import io.puraify.blackbox.engine.performance.PerformanceMonitor;
import io.puraify.blackbox.engine.replay.ReplayRoom;
import io.puraify.blackbox.engine.replay.recording.RecordingOptions;
import io.puraify.blackbox.engine.replay.recording.Recordings;
import io.puraify.blackbox.engine.replay.recording.Secrets;
import io.puraify.blackbox.engine.state.StateDatabase;
import io.puraify.blackbox.engine.state.StateOptions;
import io.puraify.blackbox.engine.tail.LiveTail;
import io.puraify.blackbox.journal.DataFolderLock;
import io.puraify.blackbox.journal.Journal;
import io.puraify.blackbox.journal.JournalOptions;
import io.puraify.blackbox.server.cli.RunningServer;
import io.puraify.blackbox.server.config.Settings;
import io.puraify.blackbox.server.http.Errors;
import io.puraify.blackbox.server.http.ErrorsJson;
import io.puraify.blackbox.server.http.HttpApi;
import io.puraify.blackbox.server.http.HttpEndpoint;
import io.puraify.blackbox.server.http.Setup;
import io.puraify.blackbox.server.http.SpikeJson;
import io.puraify.blackbox.storage.duckdb.DuckDbEventStore;
import io.puraify.blackbox.storage.duckdb.DuckDbOptions;
import io.puraify.blackbox.storage.duckdb.DuckDbParquetWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole application, put together: the one place that names a concrete store. It runs from
 * {@link #start} until {@link #close}.
 */
public final class Blackbox implements RunningServer {

  private static final Logger log = LoggerFactory.getLogger(Blackbox.class);

  private final Settings settings;
  private final InstantSource clock;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  // What has been started, the newest first, to be closed in that order.
  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final URI uri;

  private Blackbox(Settings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    try {
      this.uri = start();
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /**
   * Opens the data folder, recovers what a crash has left, and serves.
   *
   * @throws RuntimeException of a type of the part that cannot start; its message names the file or
   *     the address, the fact and the remedy
   */
  public static Blackbox start(Settings settings, InstantSource clock) {
    return new Blackbox(settings, clock);
  }

  private URI start() {
    Path folder = settings.dataDir();
    keep(DataFolderLock.take(folder));
    Journal journal = keep(new Journal(journalOptions(folder.resolve("journal"))));
    journal.start();
    StateDatabase state = keep(new StateDatabase(stateOptions(folder.resolve("state.sqlite"))));
    StateDatabase alerts = keep(new StateDatabase(alertOptions(folder.resolve("alerts.sqlite"))));
    StateDatabase errors = keep(new StateDatabase(errorOptions(folder.resolve("errors.sqlite"))));
    StateDatabase pages = keep(new StateDatabase(recordingStore(folder)));
    AuditConsumer audit =
        settings.audit().enabled()
            ? new AuditConsumer(state, auditOptions(folder), registry)
            : null;
    EventStore store = keep(new DuckDbEventStore(duckDbOptions(folder.resolve("events"), audit)));
    atOnce(
        () -> {
          state.start();
          alerts.start();
          errors.start();
          pages.start();
        },
        store::start);
    EventIdWindow ids = new EventIdWindow();
    EventIdLog idLog = keep(new EventIdLog(folder.resolve("event-ids"), ids, clock));
    idLog.start();
    PerformanceConsumer performance = new PerformanceConsumer(state, registry);
    performance.start(new Position(journal.firstPosition()));
    List<JournalConsumer> all =
        new ArrayList<>(List.of(new EventStoreConsumer(store), idLog, performance));
    ErrorConsumer grouping =
        settings.errorsEnabled()
            ? keep(new ErrorConsumer(errors, StoredEvents.of(store), registry))
            : null;
    if (grouping != null) {
      grouping.start(new Position(journal.firstPosition()));
      all.add(grouping);
    }
    if (audit != null) {
      audit.start(new Position(journal.firstPosition()));
      all.add(audit);
      settings.audit().anchorUrl().ifPresent(url -> keep(anchoring(state, url)).start());
      // Signs the last checkpoint when the consumers have stopped.
      keep(new CheckpointSigner(audit)).start();
    }
    Alerting alerting = keep(new Alerting(alerts, journal, settings.alerts(), clock, registry));
    alerting.start(new Position(journal.firstPosition()));
    all.add(alerting.consumer());
    Forwarding forwarding = keep(new Forwarding(settings, state, journal, clock, registry));
    forwarding.start(new Position(journal.firstPosition()));
    all.addAll(forwarding.consumers());
    Consumers consumers = keep(new Consumers(journal, all, registry));
    consumers.start();
    // A repeat is only known once the ids of the journal's newest events are.
    consumers.reached(idLog.name(), new Position(journal.end())).join();
    alerting.run();
    Recordings recordings = new Recordings(pages, recordingOptions(), this::secrets, registry);
    recordings.start();
    keep(new Maintenance(store, recordings, clock)).start();
    Map<String, StateDatabase> databases = new LinkedHashMap<>();
    databases.put("state", state);
    databases.put("alerts", alerts);
    databases.put("errors", errors);
    databases.put("recordings", pages);
    measure(journal, databases.values());
    Collector collector =
        new Collector(journal, ids, settings.redaction(), this::storingPolicy, clock, registry);
    PerformanceMonitor monitor = new PerformanceMonitor(state, performance);
    List<FindingReporter.Source> findings = findings(monitor, grouping);
    if (grouping != null) {
      settings
          .errorsRules()
          .map(GroupingFile::read)
          .ifPresent(file -> findings.add(file.source(new RuleVersions(errors))));
    }
    keep(new FindingReporter(findings, collector)).start();
    LiveTail tail = keep(new LiveTail(journal, settings.maxTailReaders(), registry));
    tail.start();
    HttpApi api =
        new HttpApi(
            collector,
            consumers,
            store,
            tail,
            settings.queries(),
            new DuckDbParquetWriter(),
            monitor,
            grouping == null
                ? null
                : new Errors(new ErrorGroups(errors, clock), errors, settings.errorsRules()),
            alerting.parts(),
            audit == null
                ? null
                : new AuditTrail(audit, state, store, auditOptions(folder), journal::end),
            new ReplayRoom(),
            recordings,
            new Setup(settings, version(), clock.instant()),
            () -> checks(journal, store, databases, alerting.parts().dispatcher(), consumers),
            registry,
            clock);
    HttpEndpoint http =
        keep(HttpEndpoint.start(api, settings.http().host(), settings.http().port()));
    return http.uri();
  }

  /** What an auditor looks for is stored event by event. */
  private StoringPolicy storingPolicy() {
    return switch (settings.errorStoring()) {
      case ALL -> StoringPolicy.ALL;
      case COLLAPSE -> new FloodPolicy(AuditMark.any(), registry);
    };
  }

  private static List<FindingReporter.Source> findings(
      PerformanceMonitor monitor, @Nullable ErrorConsumer grouping) {
    List<FindingReporter.Source> sources = new ArrayList<>();
    sources.add(limit ->
        monitor.unreported(limit).stream()
            .map(spike ->
                new FindingReporter.Finding(SpikeJson.event(spike), () -> monitor.reported(spike)))
            .toList());
    if (grouping != null) {
      sources.add(limit ->
          grouping.untold(limit).stream()
              .map(turn ->
                  new FindingReporter.Finding(ErrorsJson.event(turn), () -> grouping.told(turn)))
              .toList());
    }
    return sources;
  }

  /** Each loads a native library, which together takes no longer than the slower one. */
  private static void atOnce(Runnable aside, Runnable here) {
    CompletableFuture<Void> other = CompletableFuture.runAsync(aside);
    try {
      here.run();
    } catch (RuntimeException | Error e) {
      // What is closed now must not be starting any more.
      var _ = other.handle((nothing, thrown) -> true).join();
      throw e;
    }
    try {
      other.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException refused ? refused : e;
    }
  }

  /** The one in the jar's manifest; without a jar, only that there is none. */
  private static String version() {
    String version = Blackbox.class.getPackage().getImplementationVersion();
    return version == null ? "not packaged" : version;
  }

  private <T extends AutoCloseable> T keep(T part) {
    running.push(part);
    return part;
  }

  private JournalOptions journalOptions(Path folder) {
    return JournalOptions.in(folder)
        .withSync(settings.journal().sync())
        .withMaxBytes(settings.journal().maxBytes())
        .withFaultPoint(CrashPoint.fromSystemProperty());
  }

  private AuditOptions auditOptions(Path folder) {
    Path key = folder.resolve("keys").resolve("audit-ed25519.pem");
    return new AuditOptions(key, settings.audit().anchorFile(), clock);
  }

  private Anchoring anchoring(StateDatabase state, URI url) {
    String secret = settings.audit().anchorSecret();
    boolean anywhere = settings.alerts().privateAddresses();
    return new Anchoring(state, url, secret, anywhere, clock, registry);
  }

  private DuckDbOptions duckDbOptions(Path folder, @Nullable AuditConsumer audit) {
    DuckDbOptions usual = DuckDbOptions.of(folder);
    return usual
        .withCompactFrom(Maintenance.COMPACT_FROM.orElse(usual.compactFrom()))
        .withRetention(settings.retention())
        .withThreads(settings.duckDb().threads())
        .withMemoryLimit(settings.duckDb().memoryLimit())
        .withRest(Maintenance.REST)
        .withRemovals(audit == null ? Removals.UNNOTICED : new GapRecorder(audit))
        .withFaultPoint(CrashPoint.fromSystemProperty());
  }

  private static StateOptions stateOptions(Path file) {
    return StateOptions.of(file, PerformanceConsumer.SCHEMA, AuditConsumer.SCHEMA)
        .withFaultPoint(CrashPoint.fromSystemProperty());
  }

  /** A file of its own: one transaction writes at a time, and an alert waits for no rollup. */
  private static StateOptions alertOptions(Path file) {
    return StateOptions.of(file, AlertDispatcher.SCHEMA, AlertThreads.SCHEMA)
        .withFaultPoint(CrashPoint.fromSystemProperty());
  }

  /** A file of its own: its transactions go on for seconds where many different errors come. */
  private static StateOptions errorOptions(Path file) {
    return StateOptions.of(file, ErrorConsumer.SCHEMA)
        .withFaultPoint(CrashPoint.fromSystemProperty());
  }

  /** A file of its own: a chunk is large, and nothing else waits until it is written. */
  private static StateOptions recordingStore(Path folder) {
    return StateOptions.of(folder.resolve("recordings.sqlite"), Recordings.SCHEMA);
  }

  private RecordingOptions recordingOptions() {
    return new RecordingOptions(
        settings.recordings().maskInputs(),
        settings.recordings().maxChunkBytes(),
        settings.recordings().maxSessionBytes(),
        settings.recordings().maxBytes(),
        settings.retention(),
        clock);
  }

  private Secrets secrets() {
    SecretMask mask = new SecretMask(settings.redaction());
    return new Secrets() {
      @Override
      public String mask(String text) {
        return mask.mask(text);
      }

      @Override
      public @Nullable String maskForKey(String key) {
        return mask.maskForKey(key);
      }
    };
  }

  private void measure(Journal journal, Collection<StateDatabase> databases) {
    Gauge.builder("blackbox.journal.size", journal, it -> (double) it.bytes())
        .description("What the journal takes on disk")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("blackbox.journal.limit", () -> settings.journal().maxBytes())
        .description("What the journal may take on disk before senders have to wait")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("blackbox.journal.end", journal, it -> (double) it.end())
        .description("The position behind the last durable event")
        .baseUnit("events")
        .register(registry);
    Gauge.builder(
            "blackbox.state.size", () -> databases.stream().mapToLong(StateDatabase::bytes).sum())
        .description("What the state takes on disk")
        .baseUnit("bytes")
        .register(registry);
    new JvmMemoryMetrics().bindTo(registry);
    JvmGcMetrics collections = keep(new JvmGcMetrics());
    collections.bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  private static Map<String, Health> checks(
      Journal journal,
      EventStore store,
      Map<String, StateDatabase> databases,
      AlertDispatcher dispatcher,
      Consumers consumers) {
    Map<String, Health> checks = new LinkedHashMap<>();
    checks.put(
        "journal",
        Health.up(
            "%,d bytes, positions %d to %d"
                .formatted(journal.bytes(), journal.firstPosition(), journal.end())));
    checks.put("store", store.check());
    databases.forEach((name, database) -> checks.put(name, database.check()));
    checks.put("alerts.dispatcher", dispatcher.check());
    consumers.check().forEach((name, health) -> checks.put("consumer." + name, health));
    return checks;
  }

  /** Where it is served, such as {@code http://127.0.0.1:7070}. */
  @Override
  public URI uri() {
    return uri;
  }

  /** Finishes what is at hand and releases the data folder. Closing twice is fine. */
  @Override
  public void close() {
    while (!running.isEmpty()) {
      AutoCloseable part = running.pop();
      try {
        part.close();
      } catch (Exception e) {
        log.error("{} did not close cleanly", part.getClass().getSimpleName(), e);
      }
    }
  }
}
