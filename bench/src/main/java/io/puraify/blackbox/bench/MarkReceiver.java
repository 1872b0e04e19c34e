package io.puraify.blackbox.bench;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that answers as Slack does, and notes when it was told of which mark. */
final class MarkReceiver implements AutoCloseable {

  private static final Pattern MARK = Pattern.compile("mark-[0-9]+-");

  private final HttpServer server;
  private final Map<String, Long> sent = new LinkedHashMap<>();
  private final Map<String, Long> took = new LinkedHashMap<>();

  private MarkReceiver(HttpServer server) {
    this.server = server;
  }

  static MarkReceiver start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    MarkReceiver receiver = new MarkReceiver(server);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          receiver.received(body);
          byte[] ok = "ok".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, ok.length);
          exchange.getResponseBody().write(ok);
          exchange.close();
        });
    server.start();
    return receiver;
  }

  String url() {
    return "http://127.0.0.1:%d/".formatted(server.getAddress().getPort());
  }

  synchronized void sent(String mark) {
    sent.put(mark, System.nanoTime());
  }

  private synchronized void received(String body) {
    long now = System.nanoTime();
    Matcher matcher = MARK.matcher(body);
    while (matcher.find()) {
      Long since = sent.get(matcher.group());
      // That a mark is over is told as well.
      if (since != null) {
        took.putIfAbsent(matcher.group(), now - since);
      }
    }
  }

  synchronized void forget() {
    sent.clear();
    took.clear();
  }

  /** How many marks came, and how long it took, from the request to the message. */
  synchronized String summary() {
    long[] nanos = took.values().stream().mapToLong(Long::longValue).sorted().toArray();
    if (nanos.length == 0) {
      return "of %d marks none came".formatted(sent.size());
    }
    return String.format(
        Locale.ROOT,
        "%d of %d marks came, p50 %.0f ms, p99 %.0f ms, max %.0f ms",
        nanos.length,
        sent.size(),
        nanos[nanos.length / 2] / 1e6,
        nanos[(int) Math.ceil(0.99 * nanos.length) - 1] / 1e6,
        Arrays.stream(nanos).max().orElse(0) / 1e6);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
