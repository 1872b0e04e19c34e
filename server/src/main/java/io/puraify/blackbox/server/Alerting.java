package io.puraify.blackbox.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.puraify.blackbox.core.JournalConsumer;
import io.puraify.blackbox.core.Position;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.engine.alerts.AlertDispatcher;
import io.puraify.blackbox.engine.alerts.AlertHistory;
import io.puraify.blackbox.engine.alerts.AlertThreads;
import io.puraify.blackbox.engine.alerts.Inbox;
import io.puraify.blackbox.engine.alerts.Outbox;
import io.puraify.blackbox.engine.alerts.Policies;
import io.puraify.blackbox.engine.alerts.Silences;
import io.puraify.blackbox.engine.alerts.channel.Channel;
import io.puraify.blackbox.engine.alerts.channel.ChannelsReader;
import io.puraify.blackbox.engine.outgoing.AddressGuard;
import io.puraify.blackbox.engine.outgoing.HttpPost;
import io.puraify.blackbox.engine.state.StateDatabase;
import io.puraify.blackbox.journal.Journal;
import io.puraify.blackbox.server.config.PolicyFile;
import io.puraify.blackbox.server.config.Settings;
import io.puraify.blackbox.server.config.SettingsException;
import io.puraify.blackbox.server.config.YamlDocument;
import io.puraify.blackbox.server.http.Alerts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Alerts Dispatcher, put together, and the thread that tells it the time. */
final class Alerting implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Alerting.class);

  /** How late what changes by time alone may be. */
  private static final Duration TICK = Duration.ofMillis(100);

  private final Settings.Alerts settings;
  private final Alerts parts;
  private final HttpPost http;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("alerts-timer").factory());

  // Known to the timer's thread alone.
  private boolean failing;

  /**
   * Reads which channels there are.
   *
   * @throws SettingsException where they cannot be used
   */
  Alerting(
      StateDatabase state,
      Journal journal,
      Settings.Alerts settings,
      InstantSource clock,
      MeterRegistry registry) {
    this.settings = settings;
    this.http =
        new HttpPost(
            new AddressGuard(settings.privateAddresses(), "alerts.private.addresses"), clock);
    AlertDispatcher dispatcher = new AlertDispatcher(state, clock, journal::end, registry);
    Inbox inbox = new Inbox(state, dispatcher.signal());
    Map<String, Channel> channels = new TreeMap<>(Map.of(Inbox.NAME, inbox));
    AlertThreads threads = new AlertThreads(state, clock);
    settings.channels().ifPresent(file -> channels.putAll(channels(file, threads)));
    this.parts =
        new Alerts(
            dispatcher,
            new Policies(state, clock, channels::containsKey),
            new Silences(state, clock),
            new AlertHistory(state),
            inbox,
            new Outbox(state, channels, clock, dispatcher.signal(), registry));
  }

  private Map<String, Channel> channels(Path file, AlertThreads threads) {
    try {
      return ChannelsReader.read(YamlDocument.read(file), http, threads);
    } catch (ProblemException e) {
      throw refused(file, e);
    }
  }

  private static SettingsException refused(Path file, ProblemException problem) {
    return new SettingsException(
        problem.problem().errors().stream()
            .map(each -> "%s: %s: %s".formatted(file, each.pointer(), each.detail()))
            .toList());
  }

  /**
   * Reads what is stored, and the policies that are files.
   *
   * @param first the oldest event that the journal still has
   * @throws SettingsException where a policy cannot be used
   */
  void start(Position first) {
    List<PolicyFile> files = settings.policies().map(PolicyFile::find).orElse(List.of());
    parts.dispatcher().start(first, parts.policies().start(), parts.silences().start());
    Map<String, Path> origins = new TreeMap<>();
    for (PolicyFile each : files) {
      Path other = origins.put(each.name(), each.file());
      if (other != null) {
        throw new SettingsException(
            List.of("%s: policy '%s' is also in %s".formatted(each.file(), each.name(), other)));
      }
      try {
        parts.policies().putFile(parts.dispatcher(), each.document());
      } catch (ProblemException e) {
        throw refused(each.file(), e);
      }
    }
    parts.policies().retainFiles(parts.dispatcher(), origins.keySet());
  }

  /** Begins to tell; to be called when the consumers run. */
  void run() {
    var _ =
        timer.scheduleWithFixedDelay(
            this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    parts.outbox().start();
  }

  private void tick() {
    try {
      parts.dispatcher().tick();
      failing = false;
    } catch (RuntimeException e) {
      // Once, and not ten times a second, as long as a disk is full.
      if (!failing) {
        log.error("alerts could not be stored; it is tried again", e);
      }
      failing = true;
    }
  }

  JournalConsumer consumer() {
    return parts.dispatcher();
  }

  Alerts parts() {
    return parts;
  }

  /** Lets what is under way end. Closing twice is fine. */
  @Override
  public void close() {
    timer.close();
    parts.outbox().close();
    http.close();
  }
}
