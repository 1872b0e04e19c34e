package io.puraify.blackbox.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.puraify.blackbox.core.JournalConsumer;
import io.puraify.blackbox.core.Position;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.engine.errors.ErrorEvents;
import io.puraify.blackbox.engine.forward.Backlog;
import io.puraify.blackbox.engine.forward.DestinationsReader;
import io.puraify.blackbox.engine.forward.Forward;
import io.puraify.blackbox.engine.forward.Forwarder;
import io.puraify.blackbox.engine.outgoing.AddressGuard;
import io.puraify.blackbox.engine.outgoing.HttpPost;
import io.puraify.blackbox.engine.state.StateDatabase;
import io.puraify.blackbox.journal.Journal;
import io.puraify.blackbox.server.config.Settings;
import io.puraify.blackbox.server.config.SettingsException;
import io.puraify.blackbox.server.config.YamlDocument;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The forwarding of events to other systems, put together: a consumer for each of them. */
final class Forwarding implements AutoCloseable {

  /**
   * Of the journal, one part in so many may be kept for a destination that is away. The rest is for
   * those who record, and for Blackbox's own consumers.
   */
  private static final int JOURNAL_SHARE = 2;

  private final HttpPost http;
  private final List<Forwarder> forwarders = new ArrayList<>();

  /**
   * Reads which destinations there are.
   *
   * @throws SettingsException where they cannot be used
   */
  Forwarding(
      Settings settings,
      StateDatabase state,
      Journal journal,
      InstantSource clock,
      MeterRegistry registry) {
    boolean privateAllowed = settings.forwarding().privateAddresses();
    this.http = new HttpPost(new AddressGuard(privateAllowed, "forward.private.addresses"), clock);
    Backlog backlog =
        new Backlog(journal::bytesFrom, settings.journal().maxBytes() / JOURNAL_SHARE);
    List<Forward> forwards = settings.forwarding().destinations().map(this::read).orElse(List.of());
    for (Forward forward : forwards) {
      forwarders.add(new Forwarder(forward, state, backlog, clock, registry));
    }
  }

  private List<Forward> read(Path file) {
    try {
      return DestinationsReader.read(YamlDocument.read(file), http, ErrorEvents.FILTER);
    } catch (ProblemException e) {
      throw new SettingsException(
          e.problem().errors().stream()
              .map(each -> "%s: %s: %s".formatted(file, each.pointer(), each.detail()))
              .toList());
    }
  }

  /**
   * Reads what is stored.
   *
   * @param first the oldest event that the journal still has
   */
  void start(Position first) {
    forwarders.forEach(forwarder -> forwarder.start(first));
  }

  List<? extends JournalConsumer> consumers() {
    return forwarders;
  }

  /** To be called when the consumers have stopped. Closing twice is fine. */
  @Override
  public void close() {
    forwarders.forEach(Forwarder::close);
    http.close();
  }
}
