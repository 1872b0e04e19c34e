package io.puraify.blackbox.engine.forward;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Datadog's or Sentry's way in: wants the right key, takes no more than they do, and makes trouble
 * when it is told to. Safe for any thread.
 */
final class FakeIntake implements AutoCloseable {

  static final String KEY = "0123456789abcdef0123456789abcdef";

  /** The seconds that it asks for when it is asked too often. */
  static final int RETRY_AFTER = 120;

  /** What it does instead of taking what a request has. */
  enum Trouble {
    TOO_MANY,
    FAILS,
    /** It does not know the key any more, and says which. */
    FORBIDS,
    REFUSES,
    /** It listens and says nothing. */
    SILENT,
    /** It takes everything, and breaks off before it says so. */
    CUT_OFF,
    /** It says that it took everything, and breaks off behind that. */
    CUT_ANSWER
  }

  /** A request with what it asked for. */
  record Request(List<JsonNode> items, long bytes) {}

  private final ConcurrentLinkedQueue<Trouble> troubles = new ConcurrentLinkedQueue<>();
  private final List<Request> taken = new CopyOnWriteArrayList<>();
  private final AtomicInteger attempts = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final String kind;
  private final HttpServer server;
  private volatile int mostItems = Integer.MAX_VALUE;
  private volatile Set<String> refused = Set.of();

  FakeIntake(String kind) {
    this.kind = kind;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  /** As the server makes it from its configuration. */
  String configuration() {
    String address = "127.0.0.1:" + server.getAddress().getPort();
    return kind.equals("datadog")
        ? "{\"kind\": \"datadog\", \"url\": \"http://%s/api/v2/logs\", \"api_key\": \"%s\"}"
            .formatted(address, KEY)
        : "{\"kind\": \"sentry\", \"dsn\": \"http://%s@%s/42\", \"filter\": \"\"}"
            .formatted(KEY, address);
  }

  /** The next requests meet this, each as often as it is named. */
  void next(Trouble... these) {
    troubles.addAll(List.of(these));
  }

  /** More items a request are too large for it. */
  void takesAtMost(int items) {
    mostItems = items;
  }

  /** A request that has one of these is refused as a whole. */
  void refuses(String... these) {
    refused = Set.of(these);
  }

  int attempts() {
    return attempts.get();
  }

  List<Request> taken() {
    return List.copyOf(taken);
  }

  /** The event ids of everything that was taken, repeats included. */
  List<String> ids() {
    return taken.stream().flatMap(request -> request.items().stream()).map(this::id).toList();
  }

  private String id(JsonNode item) {
    return kind.equals("datadog")
        ? item.path("blackbox").path("event_id").asString()
        : item.path("extra").path("event_id").asString();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body =
          new GZIPInputStream(new ByteArrayInputStream(exchange.getRequestBody().readAllBytes()))
              .readAllBytes();
      attempts.incrementAndGet();
      String wrong = wrong(exchange);
      if (wrong != null) {
        say(exchange, 403, wrong);
        return;
      }
      Request request =
          new Request(kind.equals("datadog") ? logs(body) : List.of(event(body)), body.length);
      if (request.items().size() > Math.min(mostItems, 1_000) || body.length > 5_000_000) {
        say(exchange, 413, "Payload too large");
        return;
      }
      if (request.items().stream().map(this::id).anyMatch(refused::contains)) {
        say(exchange, 422, "one of them is wrong");
        return;
      }
      Trouble trouble = troubles.poll();
      if (trouble == null) {
        taken.add(request);
        say(exchange, kind.equals("datadog") ? 202 : 200, "{}");
      } else {
        make(trouble, exchange, request);
      }
    }
  }

  private String wrong(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    var headers = exchange.getRequestHeaders();
    boolean fine =
        kind.equals("datadog")
            ? path.equals("/api/v2/logs") && KEY.equals(headers.getFirst("DD-API-KEY"))
            : path.equals("/api/42/envelope/")
                && headers.getFirst("X-Sentry-Auth").contains("sentry_version=7")
                && headers.getFirst("X-Sentry-Auth").contains("sentry_key=" + KEY)
                && headers.getFirst("Content-Type").equals("application/x-sentry-envelope");
    return fine ? null : "not for %s with %s".formatted(path, headers);
  }

  private void make(Trouble trouble, HttpExchange exchange, Request request) throws IOException {
    switch (trouble) {
      case TOO_MANY -> {
        exchange.getResponseHeaders().add("Retry-After", Integer.toString(RETRY_AFTER));
        say(exchange, 429, "slowly");
      }
      case FAILS -> say(exchange, 500, "broken");
      case FORBIDS -> say(exchange, 403, "nobody knows the key " + KEY);
      case REFUSES -> say(exchange, 400, "never");
      case SILENT -> await();
      case CUT_OFF -> taken.add(request);
      case CUT_ANSWER -> {
        taken.add(request);
        exchange.sendResponseHeaders(202, 1_000);
        exchange.getResponseBody().write('{');
        exchange.getResponseBody().flush();
        await();
      }
    }
  }

  private static List<JsonNode> logs(byte[] body) {
    List<JsonNode> logs = new ArrayList<>();
    JsonMapper.shared().readTree(body).forEach(logs::add);
    return logs;
  }

  /** An envelope is a line of headers, and for each item a line and so many bytes as that says. */
  private static JsonNode event(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    String[] lines = text.split("\n", 3);
    JsonNode envelope = JsonMapper.shared().readTree(lines[0]);
    JsonNode item = JsonMapper.shared().readTree(lines[1]);
    byte[] rest = lines[2].getBytes(StandardCharsets.UTF_8);
    if (!item.path("type").asString().equals("event")
        || rest.length != item.path("length").asInt() + 1
        || rest[rest.length - 1] != '\n') {
      throw new AssertionError("no envelope with an event: " + text);
    }
    JsonNode event = JsonMapper.shared().readTree(lines[2]);
    if (!event.path("event_id").equals(envelope.path("event_id"))
        || !event.path("event_id").asString().matches("[0-9a-f]{32}")) {
      throw new AssertionError("an envelope of another event: " + text);
    }
    return event;
  }

  private static void say(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private void await() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.close();
  }
}
