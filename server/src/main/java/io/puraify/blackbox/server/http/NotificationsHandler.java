package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Problem;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.core.Severity;
import io.puraify.blackbox.engine.alerts.Inbox;
import io.puraify.blackbox.engine.alerts.channel.Channel;
import io.puraify.blackbox.engine.alerts.channel.Notification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Channels, what they were told, and the inbox of the UI. */
final class NotificationsHandler {

  private static final Logger log = LoggerFactory.getLogger(NotificationsHandler.class);

  /** Proxies and clients give up connections on which nothing is sent for longer. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private static final int LIMIT = 100;
  private static final int MOST = 1_000;

  private final Alerts alerts;
  private final Blocking blocking;
  private final InstantSource clock;

  NotificationsHandler(Alerts alerts, Blocking blocking, InstantSource clock) {
    this.alerts = alerts;
    this.blocking = blocking;
    this.clock = clock;
  }

  void notifications(Exchange exchange) {
    AlertsHandler.Query query = new AlertsHandler.Query(exchange.parameters());
    query.only(Set.of("channel", "state", "limit"));
    String channel = query.one("channel");
    String state = query.oneOf("state", List.of("queued", "delivered", "failed"));
    int limit = query.limit(LIMIT, MOST);
    query.refuseWhatIsWrong();
    blocking.answer(
        exchange,
        () -> {
          ObjectNode json = AlertsJson.object();
          ArrayNode array = json.putArray("notifications");
          alerts
              .history()
              .notifications(channel, state, limit)
              .forEach(each -> array.add(AlertsJson.told(each)));
          return AlertsJson.answer(200, json);
        });
  }

  void channels(Exchange exchange) {
    ObjectNode json = AlertsJson.object();
    ArrayNode array = json.putArray("channels");
    new TreeMap<>(alerts.outbox().channels())
        .forEach(
            (name, channel) -> array.addObject().put("channel", name).put("kind", channel.kind()));
    exchange.answer(AlertsJson.answer(200, json));
  }

  /** Delivers a made-up notification now, and answers what the other side says. */
  void test(Exchange exchange) {
    String name = exchange.pathParameter("channel");
    blocking.report(exchange, () -> tested(name));
  }

  private Answer tested(String name) {
    Channel channel = alerts.outbox().channels().get(name);
    if (channel == null) {
      throw new ProblemException(
          new Problem(
              404, "no-such-channel", "There is no such channel", "No channel is called " + name));
    }
    try {
      var answer = channel.deliver(testNotification(name));
      ObjectNode json = AlertsJson.object();
      json.put("channel", name);
      json.put("outcome", answer.outcome().name().toLowerCase(Locale.ROOT));
      json.put("answer", answer.text());
      return AlertsJson.answer(200, json);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(
          new Problem(503, "shutting-down", "The server stops", "Ask again when it is back"));
    }
  }

  private Notification testNotification(String name) {
    long now = Micros.of(clock.instant());
    Notification.Item item =
        new Notification.Item(
            UUID.randomUUID().toString(),
            "test",
            "firing",
            Severity.INFO,
            "A test of channel " + name,
            "Blackbox can reach this channel.",
            "",
            Map.of("policy", "test"),
            0,
            0,
            now,
            0,
            List.of(),
            false);
    return new Notification(
        UUID.randomUUID().toString(),
        name,
        "test",
        Notification.Reason.TEST,
        Severity.INFO,
        item.title(),
        now,
        Map.of(),
        0,
        1,
        0,
        List.of(item),
        0);
  }

  void inbox(Exchange exchange) {
    AlertsHandler.Query query = new AlertsHandler.Query(exchange.parameters());
    query.only(Set.of("before", "limit"));
    long before = query.number("before", Long.MAX_VALUE, Long.MAX_VALUE);
    int limit = query.limit(LIMIT, MOST);
    query.refuseWhatIsWrong();
    blocking.answer(
        exchange,
        () -> AlertsJson.answer(200, AlertsJson.inbox(alerts.inbox().page(before, limit))));
  }

  void read(Exchange exchange) {
    JsonBody.answer(
        exchange,
        blocking,
        body -> {
          if (!body.path("up_to").isIntegralNumber()) {
            throw new ProblemException(
                new Problem(
                    400,
                    "invalid-body",
                    "The body cannot be understood",
                    "Some of it is wrong",
                    List.of(new Problem.Item(null, "/up_to", "an entry's number was expected"))));
          }
          ObjectNode json = AlertsJson.object();
          json.put("unread", alerts.inbox().read(body.path("up_to").asLong()));
          return AlertsJson.answer(200, json);
        });
  }

  /** The inbox's entries as they come, as Server-Sent Events. */
  void stream(Exchange exchange) {
    String last = exchange.header("Last-Event-ID");
    long from = last != null && last.matches("[0-9]{1,18}") ? Long.parseLong(last) : -1;
    ResponseStream stream =
        exchange.stream("text/event-stream; charset=utf-8", Map.of("Cache-Control", "no-store"));
    blocking.run(() -> send(from, stream));
  }

  private void send(long from, ResponseStream stream) {
    try {
      long at = from;
      if (at < 0) {
        List<Inbox.Entry> newest = alerts.inbox().page(Long.MAX_VALUE, 1).entries();
        at = newest.isEmpty() ? 0 : newest.getFirst().number();
      }
      stream.write(bytes(": Blackbox\n\n"));
      boolean last;
      do {
        // What came before the end is still sent.
        last = alerts.inbox().isClosed();
        long known = alerts.dispatcher().signal().changes();
        Inbox.Page page = alerts.inbox().after(at, LIMIT);
        StringBuilder text = new StringBuilder();
        for (Inbox.Entry each : page.entries()) {
          at = each.number();
          ObjectNode json = AlertsJson.entry(each).put("unread_total", page.unread());
          text.append("id: ").append(at).append("\ndata: ").append(json).append("\n\n");
        }
        if (page.entries().isEmpty() && !last) {
          alerts.dispatcher().signal().await(known, HEARTBEAT);
          if (alerts.dispatcher().signal().changes() == known) {
            text.append(":\n\n");
          }
          stream.requireReader();
        }
        stream.write(bytes(text.toString()));
      } while (!last);
      stream.end();
    } catch (ResponseStream.GoneException e) {
      log.debug("a reader of the inbox has gone");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stream.abort();
    } catch (RuntimeException e) {
      log.error("the stream of the inbox failed", e);
      stream.abort();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
