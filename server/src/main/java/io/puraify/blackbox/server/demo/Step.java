package io.puraify.blackbox.server.demo;

import static io.puraify.blackbox.server.demo.JsonLine.member;
import static io.puraify.blackbox.server.demo.JsonLine.piece;

import io.puraify.blackbox.server.demo.Catalogue.Action;
import io.puraify.blackbox.server.demo.Catalogue.Engine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one engine does in one action, with all that can be said of it made ready as bytes. */
final class Step {

  private final Engine engine;
  private final String platform;
  private final byte[] head;
  private final int medianMillis;
  private final Phrase[] messages;
  private final Fault[] faults;
  private final Weighted faultChoice;
  private final @Nullable Fault tokenExpired;

  /**
   * Prepares a step.
   *
   * @param platform that the step has to do with, or empty
   */
  Step(Engine engine, String eventType, String platform, Action action, List<Failure> failures) {
    this.engine = engine;
    this.platform = platform;
    this.head =
        piece(
            member("event_type", eventType)
                + member("engine", engine.engineName())
                + member("platform", platform)
                + member("action", action.name()));
    this.medianMillis = action.medianMillis();
    this.messages = action.messages().stream().map(Phrase::of).toArray(Phrase[]::new);
    this.faults =
        failures.stream()
            .map(failure -> new Fault(engine, platform, action.name(), failure))
            .toArray(Fault[]::new);
    this.faultChoice = new Weighted(failures.size(), i -> failures.get(i).weight());
    int expired = failures.indexOf(Failure.TOKEN_EXPIRED);
    this.tokenExpired = expired < 0 ? null : faults[expired];
  }

  Engine engine() {
    return engine;
  }

  String platform() {
    return platform;
  }

  /** What happens where a token has expired, or {@code null} where the step needs none. */
  @Nullable Fault tokenExpired() {
    return tokenExpired;
  }

  /** The fault that the lowest bits of {@code bits} stand for. */
  Fault fault(long bits) {
    return faults[faultChoice.pick(bits)];
  }

  /** Milliseconds that the step takes by itself. */
  int millis(Durations durations, long bits) {
    return durations.millis(medianMillis, bits);
  }

  /** Writes event type, engine, platform and action. */
  void writeHead(JsonLine line) {
    line.put(head);
  }

  /** Writes the message of a success. */
  void writeMessage(JsonLine line, Dice dice) {
    messages[dice.below(messages.length)].write(line, dice);
  }
}
