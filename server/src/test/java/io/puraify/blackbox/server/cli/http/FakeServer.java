package io.puraify.blackbox.server.cli.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Plays the answers of a server and remembers what it was asked. */
public final class FakeServer implements AutoCloseable {

  /**
   * What it was asked.
   *
   * @param target path and query as they were sent
   */
  public record Request(
      String method, String target, Map<String, List<String>> headers, String body) {

    public String header(String name) {
      return headers.getOrDefault(name, List.of("")).getFirst();
    }
  }

  /** What it answers; {@link #HANG_UP} is none at all. */
  public record Reply(int status, String body, Map<String, String> headers) {

    public Reply(int status, String body) {
      this(status, body, Map.of());
    }
  }

  /** The connection is closed without an answer. */
  public static final Reply HANG_UP = new Reply(0, "");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private volatile Function<Request, Reply> replies;

  public FakeServer(Function<Request, Reply> replies) throws IOException {
    this.replies = replies;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public void reply(Function<Request, Reply> newReplies) {
    replies = newReplies;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Request request =
          new Request(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              Map.copyOf(exchange.getRequestHeaders()),
              body);
      Reply reply;
      synchronized (this) {
        requests.add(request);
        reply = replies.apply(request);
      }
      if (reply.status() != HANG_UP.status()) {
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public List<Request> requests() {
    return requests;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
