package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.Problem;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the API is served: a few event loops that share one port. */
public final class HttpEndpoint implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(HttpEndpoint.class);

  /** Decoding is shared with the stores' own threads; more loops than this only take turns. */
  private static final int MAX_EVENT_LOOPS = 4;

  /** Long enough for a query with many filters. */
  private static final int MAX_LINE_BYTES = 64 << 10;

  private static final int MAX_HEADER_BYTES = 64 << 10;

  /** A sender that stops in the middle keeps its connection so long, at least. */
  private static final int IDLE_SECONDS = 60;

  /** How long requests may go on when the server stops. */
  private static final int CLOSE_SECONDS = 10;

  /** How long stopping may take, with that. */
  private static final int STOP_SECONDS = CLOSE_SECONDS + 5;

  /** How long starting may take: where processors are busy, loading its classes takes long. */
  private static final int START_SECONDS = 120;

  private final HttpApi api;
  private final String host;
  private final HttpMetrics metrics;
  private final Blocking blocking;
  private final Judgements judgements;
  private final WebHandler web = new WebHandler(new WebFiles("/web"));
  private final Vertx vertx;
  private int actualPort;

  private HttpEndpoint(HttpApi api, String host) {
    this.api = api;
    this.host = host;
    this.metrics = new HttpMetrics(api.registry());
    this.blocking = new Blocking(api.limits(), api.registry());
    this.judgements = Judgements.of(api.store(), blocking, api.clock());
    this.vertx =
        Vertx.builder()
            .with(
                new VertxOptions()
                    .setPreferNativeTransport(true)
                    .setEventLoopPoolSize(eventLoops()))
            .build();
  }

  private static int eventLoops() {
    return Math.min(MAX_EVENT_LOOPS, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Begins to serve.
   *
   * @param port 0 picks a free one
   * @throws ListenException where the address cannot be had
   */
  public static HttpEndpoint start(HttpApi api, String host, int port) {
    HttpEndpoint endpoint = new HttpEndpoint(api, host);
    try {
      int shared = port == 0 ? freePort(host) : port;
      endpoint.actualPort = shared;
      for (int i = 0; i < eventLoops(); i++) {
        await(endpoint.vertx.deployVerticle(endpoint.new Loop(shared)), START_SECONDS);
      }
      return endpoint;
    } catch (TimeoutException e) {
      endpoint.close();
      throw new ListenException(
          "listening on %s:%d has not begun within %d s; the processors may be taken by others"
              .formatted(host, port, START_SECONDS),
          e);
    } catch (IOException | ExecutionException e) {
      endpoint.close();
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new ListenException(
          "cannot listen on %s:%d: %s. Choose another address with --http-host and --http-port"
              .formatted(host, port, cause.getMessage()),
          cause);
    }
  }

  /**
   * A port that nobody listens on. Vert.x shares only ports that are named between event loops, so
   * it is found before; in the moment between, another process could take it.
   */
  private static int freePort(String host) throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName(host))) {
      return probe.getLocalPort();
    }
  }

  private static void await(Future<?> future, int seconds)
      throws ExecutionException, TimeoutException {
    try {
      future.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The address, such as {@code http://127.0.0.1:7070}. */
  public URI uri() {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://" + name + ":" + actualPort);
  }

  /** What serves the connections of one event loop. */
  private final class Loop implements Deployable {
    private final int port;
    private HttpServer server;

    Loop(int port) {
      this.port = port;
      this.server = vertx.createHttpServer(options());
    }

    private HttpServerOptions options() {
      return new HttpServerOptions()
          .setHost(host)
          .setPort(port)
          .setMaxInitialLineLength(MAX_LINE_BYTES)
          .setMaxHeaderSize(MAX_HEADER_BYTES)
          .setHandle100ContinueAutomatically(true)
          .setIdleTimeout(idleSeconds());
    }

    /** Nothing is sent while a query runs, and an export may wait for its turn before that. */
    private int idleSeconds() {
      return (int) Math.max(IDLE_SECONDS, 2 * api.limits().timeout().toSeconds());
    }

    @Override
    public Future<?> deploy(Context context) {
      EventLoop loop = new EventLoop(context);
      Router router = new Router(api.handlers(loop, blocking, judgements), web, blocking, metrics);
      return server
          .requestHandler(request -> router.route(request, loop))
          .invalidRequestHandler(HttpEndpoint::refuse)
          .exceptionHandler(thrown -> log.debug("a connection failed", thrown))
          .listen();
    }

    @Override
    public Future<?> undeploy(Context context) {
      return server.shutdown(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** What is no HTTP, or has a line or a header that is too long. */
  private static void refuse(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    String what = cause == null ? "it is no HTTP" : String.valueOf(cause.getMessage());
    boolean tooLong = what.contains("larger than") || what.contains("too long");
    Answer answer =
        Answer.problem(
            new Problem(
                tooLong ? 431 : 400,
                "malformed-request",
                "The request cannot be read",
                ("Its head cannot be read: %s; its first line and its headers may each have"
                        + " %d bytes")
                    .formatted(what, MAX_LINE_BYTES)));
    var _ =
        request
            .response()
            .setStatusCode(answer.status())
            .putHeader("Content-Type", answer.contentType())
            .end(io.vertx.core.buffer.Buffer.buffer(answer.body()))
            .onComplete(_ -> request.connection().close());
  }

  /** Finishes the requests at hand and stops. Closing twice is fine. */
  @Override
  public void close() {
    // Its streams would go on as long as they are read.
    api.tail().close();
    api.alerts().inbox().close();
    try {
      // All at once: the port is theirs together, and taken as long as one of them goes on.
      await(
          Future.join(vertx.deploymentIDs().stream().map(vertx::undeploy).toList()), STOP_SECONDS);
      blocking.close();
      await(vertx.close(), STOP_SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      log.warn("the HTTP server did not stop cleanly", e);
    }
  }
}
