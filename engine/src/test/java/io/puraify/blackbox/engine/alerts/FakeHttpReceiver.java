package io.puraify.blackbox.engine.alerts;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Slack, a webhook, Alertmanager or PagerDuty, which all answer over HTTP. */
final class FakeHttpReceiver implements FakeReceiver {

  /** The seconds that it asks for when it is asked too often. */
  static final int RETRY_AFTER = 120;

  private final Trouble trouble;
  private volatile int troubles;
  private final AtomicInteger attempts = new AtomicInteger();
  private final List<String> taken = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  /**
   * @param troubles how many attempts fail before one succeeds
   */
  FakeHttpReceiver(Trouble trouble, int troubles) {
    this.trouble = trouble;
    this.troubles = troubles;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  @Override
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public List<String> taken() {
    return List.copyOf(taken);
  }

  @Override
  public void mend() {
    troubles = 0;
  }

  @Override
  public int attempts() {
    return attempts.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var _ = exchange.getRequestBody().readAllBytes();
      String key = String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
      if (attempts.incrementAndGet() > troubles) {
        taken.add(key);
        say(exchange, 200, "{\"ok\": true, \"ts\": \"1.1\"}");
        return;
      }
      switch (trouble) {
        case TOO_MANY -> {
          exchange.getResponseHeaders().add("Retry-After", Integer.toString(RETRY_AFTER));
          say(exchange, 429, "slowly");
        }
        case FAILS -> say(exchange, 500, "broken");
        case SILENT -> await();
        case CUT_OFF -> taken.add(key);
        case CUT_ANSWER -> {
          taken.add(key);
          exchange.sendResponseHeaders(200, 1_000);
          exchange.getResponseBody().write("{\"ok".getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          await();
        }
      }
    }
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
