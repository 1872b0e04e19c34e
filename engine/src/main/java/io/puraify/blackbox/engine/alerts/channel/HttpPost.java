package io.puraify.blackbox.engine.alerts.channel;

import io.puraify.blackbox.engine.alerts.channel.Answer.Outcome;
import java.io.IOException;
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
import org.jspecify.annotations.Nullable;

/** Posts JSON for channels, and says what an answer means. Safe for any thread. */
public final class HttpPost implements AutoCloseable {

  /** Longer waits hold up what else the channel has to tell. */
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** Who asks for more patience is asked again all the same. */
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private static final int MOST_BYTES = 64 << 10;

  private final AddressGuard guard;
  private final InstantSource clock;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(TIMEOUT)
          // A redirect could lead anywhere.
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  public HttpPost(AddressGuard guard, InstantSource clock) {
    this.guard = guard;
    this.clock = clock;
  }

  /** Where it may lead. */
  AddressGuard guard() {
    return guard;
  }

  /** When it is, for signatures. */
  public InstantSource clock() {
    return clock;
  }

  /** Posts a body and waits for the answer. */
  public Answer post(URI uri, byte[] body, Map<String, String> headers)
      throws InterruptedException {
    try {
      guard.check(uri);
      HttpRequest.Builder request =
          HttpRequest.newBuilder(uri)
              .timeout(TIMEOUT)
              .header("Content-Type", "application/json")
              .header("User-Agent", "blackbox")
              .POST(HttpRequest.BodyPublishers.ofByteArray(body));
      headers.forEach(request::header);
      HttpResponse<java.io.InputStream> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      String text;
      try (java.io.InputStream in = answer.body()) {
        text = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
      }
      return answer(
          answer.statusCode(), text, answer.headers().firstValue("Retry-After").orElse(null));
    } catch (AddressGuard.ForbiddenException e) {
      return Answer.refused(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return Answer.retry(e.getClass().getSimpleName() + ": " + e.getMessage());
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
