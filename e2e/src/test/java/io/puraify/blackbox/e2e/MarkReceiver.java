package io.puraify.blackbox.e2e;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * The other side of channels that are told of each event of type {@code mark}, which remembers
 * under which key: a webhook, and what answers as Slack, PagerDuty, Alertmanager and a mail server
 * do. Safe for any thread.
 */
final class MarkReceiver implements AutoCloseable {

  /** The channel that is a webhook. */
  static final String HOOK = "hook";

  /** The channel that is Slack as a bot, whose answers say more than their status. */
  private static final String BOT = "bot";

  /** What a file of channels has for each that speaks HTTP, with the port that it leads to. */
  private static final Map<String, String> HTTP =
      Map.of(
          HOOK,
          "{kind: webhook, url: 'http://127.0.0.1:%d/hook'}",
          "team",
          "{kind: slack, url: 'http://127.0.0.1:%d/team'}",
          BOT,
          "{kind: slack, bot_token: xoxb-1, channel: C1, url: 'http://127.0.0.1:%d/bot'}",
          "pager",
          "{kind: pagerduty, routing_key: '0123', url: 'http://127.0.0.1:%d/pager'}",
          "prometheus",
          "{kind: alertmanager, url: 'http://127.0.0.1:%d/prometheus'}");

  /** The channels that speak HTTP, one of each kind, and two of Slack. */
  static final Set<String> OVER_HTTP = HTTP.keySet();

  /** The channel that is e-mail. */
  static final String MAIL = "mail";

  private static final Pattern MARK = Pattern.compile("mark-[0-9]+");

  private final Map<String, List<String>> keysByEvent = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
  private final HttpServer server;
  private final AtomicLong messages = new AtomicLong();
  private volatile CountDownLatch answers = new CountDownLatch(0);

  MarkReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::receive);
    server.start();
    mail.start();
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
      String channel = exchange.getRequestURI().getPath().split("/", -1)[1];
      if (channel.equals(HOOK) && !id(body).equals(key)) {
        exchange.sendResponseHeaders(400, -1);
        return;
      }
      remember(keysByEvent, channel, body, key);
      if (!answers.await(Patience.LONG.toSeconds(), TimeUnit.SECONDS)) {
        throw new IOException("nobody lets it answer");
      }
      byte[] answer = answer(channel).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
      exchange.getResponseBody().write(answer);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String answer(String channel) {
    return channel.equals(BOT)
        ? "{\"ok\": true, \"ts\": \"%d\"}".formatted(messages.incrementAndGet())
        : "";
  }

  private static String id(String body) {
    return JsonMapper.shared().readTree(body).path("notification_id").asString();
  }

  /** Under the name of the channel and the event, for each event that a text is about. */
  private static void remember(
      Map<String, List<String>> keys, String channel, String text, String key) {
    MARK.matcher(text)
        .results()
        .map(MatchResult::group)
        .distinct()
        .forEach(event ->
            keys.computeIfAbsent(name(channel, event), unknown -> new CopyOnWriteArrayList<>())
                .add(key));
  }

  /** What a channel was told of an event, in {@link #keysByEvent()}. */
  static String name(String channel, String event) {
    return channel + " " + event;
  }

  /** From now on, what comes over HTTP is remembered and not answered. */
  void hold() {
    answers = new CountDownLatch(1);
  }

  /** Answers what waits, and what comes. */
  void release() {
    answers.countDown();
  }

  /**
   * The keys under which it was told of each event, each as often as it was, by the names of the
   * channel and of the event.
   */
  Map<String, List<String>> keysByEvent() throws MessagingException {
    Map<String, List<String>> keys = new TreeMap<>(keysByEvent);
    for (MimeMessage each : mail.getReceivedMessages()) {
      remember(keys, MAIL, each.getSubject(), each.getMessageID());
    }
    return keys;
  }

  /** Whether each of some channels that speak HTTP was told of an event. */
  boolean knows(int number, Set<String> channels) {
    return channels.stream()
        .allMatch(channel -> keysByEvent.containsKey(name(channel, event(number))));
  }

  /** How a server in a folder is started whose alerts of marks go to some channels here. */
  Setup setup(Path folder, Set<String> channels) throws IOException {
    String defined =
        channels.stream()
            .map(name -> "  %s: %s\n".formatted(name, definition(name)))
            .collect(Collectors.joining());
    Path file = Files.writeString(folder.resolve("channels.yaml"), "channels:\n" + defined);
    Path policies =
        Files.writeString(
            folder.resolve("policies.yaml"),
            """
            policy: marked
            match: event_type:mark
            condition: {kind: event, by: [event_id]}
            severity: high
            title: "{{event_id}}"
            notify: {channels: %s, group_by: [event_id], group_wait: 0s}
            """
                .formatted(channels));
    return Setup.in(folder)
        .withFlags(
            "--alerts-channels",
            file.toString(),
            "--alerts-policies",
            policies.toString(),
            "--alerts-private-addresses",
            "true");
  }

  private String definition(String channel) {
    return channel.equals(MAIL)
        ? ("{kind: email, host: 127.0.0.1, port: %d, security: none, from: b@example.org,"
                + " to: [ada@example.org]}")
            .formatted(mail.getSmtp().getPort())
        : HTTP.getOrDefault(channel, "").formatted(server.getAddress().getPort());
  }

  /** Records a mark. */
  static void mark(Client client, int number, String message) {
    client
        .post(
            Client.JSON,
            """
            {"project_id": "p", "event_type": "mark", "event_id": "%s", "message": "%s"}
            """
                .formatted(event(number), message))
        .recorded(1);
  }

  /** The id of a mark. */
  static String event(int number) {
    return "mark-" + number;
  }

  @Override
  public void close() {
    release();
    server.stop(0);
    threads.shutdownNow();
    mail.stop();
  }
}
