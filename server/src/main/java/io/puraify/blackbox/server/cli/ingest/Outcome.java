package io.puraify.blackbox.server.cli.ingest;

import io.puraify.blackbox.server.cli.http.HttpAnswer;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** What an attempt to send a slice leads to. */
sealed interface Outcome {

  /** The server has decided about every event. */
  record Decided(IngestAnswer answer) implements Outcome {}

  /** It has, but they cannot be queried yet; who sends the slice again waits on. */
  record Pending(IngestAnswer answer) implements Outcome {}

  /** The same slice may be sent again. */
  record Later(Trouble trouble, Duration after, String why) implements Outcome {}

  /** Why a slice is not decided about yet. */
  enum Trouble {
    /** The server says that it cannot take it at the moment. */
    BUSY,
    /** The server is away, or failed in the middle. */
    AWAY
  }

  /** The server will not take it, however often it is sent. */
  record Refused(String why) implements Outcome {}

  /** Where a busy server does not say when to come again. */
  Duration USUAL_WAIT = Duration.ofSeconds(1);

  /** No server keeps anybody waiting longer. */
  Duration LONGEST_WAIT = Duration.ofMinutes(1);

  static Outcome of(HttpAnswer answer) {
    return switch (answer.status()) {
      case 200, 202 -> ofAccepted(answer);
      case 429, 503 -> new Later(Trouble.BUSY, wait(answer), answer.problem());
      case 408, 500, 502, 504 -> new Later(Trouble.AWAY, wait(answer), answer.problem());
      default -> ofProblem(answer);
    };
  }

  private static Outcome ofAccepted(HttpAnswer answer) {
    IngestAnswer accepted = IngestAnswer.ofAccepted(answer);
    return answer.json().has("pending") ? new Pending(accepted) : new Decided(accepted);
  }

  private static Duration wait(HttpAnswer answer) {
    Duration asked = answer.retryAfter().orElse(USUAL_WAIT);
    return asked.compareTo(LONGEST_WAIT) < 0 ? asked : LONGEST_WAIT;
  }

  private static Outcome ofProblem(HttpAnswer answer) {
    JsonNode json = answer.json();
    if (json.path("errors").path(0).has("index")) {
      return new Decided(IngestAnswer.ofRejected(answer));
    }
    boolean empty = json.path("type").asString("").equals("no-events");
    return empty ? new Decided(IngestAnswer.NOTHING) : new Refused(answer.problem());
  }
}
