package io.puraify.blackbox.engine.outgoing;

import io.puraify.blackbox.engine.outgoing.Answer.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Posts to other systems, and says what an answer means. Safe for any thread. */
public final class HttpPost implements AutoCloseable {

  /** Longer waits hold up what else there is to tell. */
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** Who asks for more patience is asked again all the same. */
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private static final int MOST_BYTES = 64 << 10;

  private static final int PART = 8 << 10;

  private static final Logger log = LoggerFactory.getLogger(HttpPost.class);

  private final AddressGuard guard;
  private final InstantSource clock;
  private final Duration timeout;
  private final HttpClient client;

  public HttpPost(AddressGuard guard, InstantSource clock) {
    this(guard, clock, TIMEOUT);
  }

  /**
   * One with less patience or more.
   *
   * @param timeout for each of: to connect, to hear the status of an answer, to hear the rest of it
   */
  public HttpPost(AddressGuard guard, InstantSource clock, Duration timeout) {
    this.guard = guard;
    this.clock = clock;
    this.timeout = timeout;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            // A redirect could lead anywhere.
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** Where it may lead. */
  public AddressGuard guard() {
    return guard;
  }

  /** How long to wait for the other side. */
  public Duration timeout() {
    return timeout;
  }

  /** When it is, for signatures. */
  public InstantSource clock() {
    return clock;
  }

  /**
   * What came back.
   *
   * @param status of the answer; 0 where there was none
   * @param body what the other side said, as far as it came; empty where nothing did
   */
  public record Reply(Answer answer, int status, String body) {}

  /**
   * Posts a body and waits for the answer.
   *
   * @param headers without a {@code Content-Type}, JSON is meant
   */
  public Answer post(URI uri, byte[] body, Map<String, String> headers)
      throws InterruptedException {
    return send(uri, body, headers).answer();
  }

  /** The same for those who have to read the answer. */
  public Reply send(URI uri, byte[] body, Map<String, String> headers) throws InterruptedException {
    try {
      guard.check(uri);
      HttpRequest.Builder request =
          HttpRequest.newBuilder(uri)
              .timeout(timeout)
              .header("Content-Type", "application/json")
              .header("User-Agent", "blackbox")
              .POST(HttpRequest.BodyPublishers.ofByteArray(body));
      headers.forEach(request::setHeader);
      HttpResponse<InputStream> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      String text = text(answer.body());
      String wait = answer.headers().firstValue("Retry-After").orElse(null);
      int status = answer.statusCode();
      return new Reply(answer(status, text, wait), status, text);
    } catch (AddressGuard.ForbiddenException e) {
      return new Reply(Answer.refused(String.valueOf(e.getMessage())), 0, "");
    } catch (IOException e) {
      return new Reply(Answer.retry(e.getClass().getSimpleName() + ": " + e.getMessage()), 0, "");
    }
  }

  /**
   * As much of the text as comes in time. The status alone says what has become of the request: who
   * has said that it was taken, and breaks off behind that, must not get it again.
   */
  private String text(InputStream body) {
    CompletableFuture<Void> end =
        CompletableFuture.runAsync(
            () -> close(body),
            CompletableFuture.delayedExecutor(timeout.toMillis(), TimeUnit.MILLISECONDS));
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    byte[] part = new byte[PART];
    try (body) {
      int read = body.read(part);
      while (read >= 0 && text.size() < MOST_BYTES) {
        text.write(part, 0, read);
        read = body.read(part);
      }
    } catch (IOException e) {
      log.debug("an answer broke off after {} bytes", text.size(), e);
    } finally {
      end.cancel(false);
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  private static void close(InputStream body) {
    try {
      body.close();
    } catch (IOException e) {
      log.debug("an answer could not be closed", e);
    }
  }

  private Answer answer(int status, String text, @Nullable String retryAfter) {
    String said = "%d %s".formatted(status, text);
    if (status / 100 == 2) {
      return Answer.delivered(said);
    }
    boolean later = status == 408 || status == 425 || status == 429 || status >= 500;
    return new Answer(later ? Outcome.RETRY : Outcome.REFUSED, said, wait(retryAfter));
  }

  private @Nullable Duration wait(@Nullable String retryAfter) {
    if (retryAfter == null) {
      return null;
    }
    Duration wait;
    if (retryAfter.matches("[0-9]{1,9}")) {
      wait = Duration.ofSeconds(Long.parseLong(retryAfter));
    } else {
      try {
        ZonedDateTime at = ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME);
        wait = Duration.between(clock.instant(), at.toInstant());
      } catch (DateTimeException e) {
        return null;
      }
    }
    if (wait.isNegative()) {
      return null;
    }
    return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
