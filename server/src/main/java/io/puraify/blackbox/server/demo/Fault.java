package io.puraify.blackbox.server.demo;

import static io.puraify.blackbox.server.demo.JsonLine.escaped;
import static io.puraify.blackbox.server.demo.JsonLine.member;
import static io.puraify.blackbox.server.demo.JsonLine.piece;

import io.puraify.blackbox.server.demo.Catalogue.Engine;

/** A {@link Failure} of one step, made ready as bytes. */
final class Fault {

  private static final byte[] STACK_TRACE = piece("\",\"stack_trace\":\"");

  private final byte[] status;
  private final Phrase[] messages;
  private final int waitsMillis;

  /** A stack trace is the message between two fixed pieces; one pair for each variant. */
  private final byte[][] before = new byte[StackTraces.VARIANTS][];

  private final byte[][] after = new byte[StackTraces.VARIANTS][];

  Fault(Engine engine, String platform, String action, Failure failure) {
    status =
        piece(
            member("status", "error")
                + member("severity", failure.severity())
                + member("error_type", failure.errorType())
                + ",\"message\":\"");
    messages = failure.messages().stream().map(Phrase::of).toArray(Phrase[]::new);
    waitsMillis = failure.waitsMillis();
    String name = failure.exception() + ": ";
    for (int i = 0; i < StackTraces.VARIANTS; i++) {
      String frames = StackTraces.frames(engine, platform, action, failure, i);
      boolean messageLast = failure.language() == Failure.Language.PYTHON;
      before[i] = piece(escaped(messageLast ? frames + "\n" + name : name));
      after[i] = piece(messageLast ? "" : escaped(frames));
    }
  }

  /** Milliseconds that pass before it is noticed, on top of what the step takes. */
  int waitsMillis() {
    return waitsMillis;
  }

  /** Writes status, severity, error type, message and, if wanted, a stack trace. */
  void write(JsonLine line, Dice dice, boolean trace) {
    line.put(status);
    int from = line.at();
    messages[dice.below(messages.length)].write(line, dice);
    int to = line.at();
    if (trace) {
      int variant = dice.below(StackTraces.VARIANTS);
      line.put(STACK_TRACE);
      line.put(before[variant]);
      line.repeat(from, to);
      line.put(after[variant]);
    }
    line.put('"');
  }
}
