package io.puraify.blackbox.server.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends a server the traffic of a platform on a calm day: first what happened in the last minutes,
 * then what goes on happening, in real time. Five minutes before the start a new version of the
 * vault was deployed, and since then the tokens of some Slack users expire, and those of a whole
 * project; twenty minutes later a mended version follows.
 *
 * <p>For one thread, which an interrupt ends.
 */
public final class DemoTraffic {

  /** How much has already happened at the start. */
  static final Duration PAST = Duration.ofMinutes(15);

  /**
   * The busiest: it has enough calls in ten minutes to tell that its error was rarer before, and
   * enough of it in five for its group to come first.
   */
  private static final int HIT_WHOLLY = 3;

  private static final Duration INCIDENT_BEFORE_START = Duration.ofMinutes(5);
  private static final Duration INCIDENT_AFTER_START = Duration.ofMinutes(20);

  /** Half as busy at night and half as busy again at noon. */
  private static final double WAVE = 0.5;

  /** One request's body; small enough that the past appears bit by bit. */
  private static final int BODY_BYTES = 1 << 20;

  private static final Duration PAUSE = Duration.ofMillis(200);

  /** Longer than the server has anybody wait. */
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  /**
   * A server that is still full after so many attempts, a second apart, is not a calm demo. Where
   * the errors of the past are not grouped in time, each is half a minute.
   */
  private static final int ATTEMPTS = 30;

  private final URI logs;
  private final URI untilStored;
  private final URI untilApplied;
  private final Traffic traffic;
  private final InstantSource clock;
  private final HttpClient client;
  private final byte[] body = new byte[BODY_BYTES];

  /**
   * Prepares the traffic. Sends nothing yet.
   *
   * @param server its address, such as {@code http://127.0.0.1:7070}
   * @param eventsPerSecond on average over a day, above 0
   * @param clock tells the time; events are sent when it has passed theirs
   */
  public DemoTraffic(URI server, long seed, double eventsPerSecond, InstantSource clock) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Incident incident =
        new Incident(
            "Slack", HIT_WHOLLY, now.minus(INCIDENT_BEFORE_START), now.plus(INCIDENT_AFTER_START));
    this.logs = server.resolve("/monitoring/logs");
    this.untilStored = server.resolve("/monitoring/logs?wait=stored");
    this.untilApplied = server.resolve("/monitoring/logs?wait=applied");
    this.clock = clock;
    this.traffic =
        new Traffic(new TrafficOptions(seed, now.minus(PAST), eventsPerSecond, WAVE, incident));
    this.client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  /**
   * Sends all of the past, and waits until it can be found and its errors are grouped.
   *
   * @return events sent
   * @throws IOException where the server does not take them; the message says why
   */
  public long sendPast() throws IOException, InterruptedException {
    return sendUntilNow(untilApplied);
  }

  /**
   * Sends what has happened since the last call, and waits until it can be found.
   *
   * @return events sent by this call
   * @throws IOException where the server does not take them; the message says why
   */
  public long catchUp() throws IOException, InterruptedException {
    return sendUntilNow(untilStored);
  }

  /** Goes on sending in real time until the thread is interrupted. */
  public void follow() throws IOException, InterruptedException {
    while (true) {
      catchUp();
      Thread.sleep(PAUSE);
    }
  }

  private long sendUntilNow(URI atLast) throws IOException, InterruptedException {
    long before = traffic.events();
    boolean last = !isBehind();
    while (!last) {
      int length = 0;
      while (length < BODY_BYTES - Traffic.MAX_LINE_BYTES && isBehind()) {
        length = traffic.next(body, length);
      }
      // What happens while it is waited for is for the next call.
      last = !isBehind();
      post(last ? atLast : logs, length);
    }
    return traffic.events() - before;
  }

  private boolean isBehind() {
    return traffic.now().isBefore(clock.instant());
  }

  private void post(URI to, int length) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(to)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/x-ndjson")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .POST(BodyPublishers.ofByteArray(body, 0, length))
            .build();
    for (int attempt = 1; ; attempt++) {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      boolean accepted = answer.statusCode() == 202;
      if (accepted && !isPending(answer)) {
        return;
      }
      if ((!accepted && answer.statusCode() != 503) || attempt == ATTEMPTS) {
        throw new IOException(
            "the server answered %d to the demo's events: %s"
                .formatted(answer.statusCode(), answer.body()));
      }
      Thread.sleep(Duration.ofSeconds(1));
    }
  }

  private static boolean isPending(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body()).has("pending");
  }
}
