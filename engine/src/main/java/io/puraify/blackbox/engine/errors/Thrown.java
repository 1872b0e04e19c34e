package io.puraify.blackbox.engine.errors;

import java.util.List;

/**
 * One exception of a chain.
 *
 * @param type its class or kind, such as {@code java.io.IOException}; empty where the trace does
 *     not say it
 * @param message the first line of what it says; may be empty
 * @param frames its calls, the innermost first
 */
record Thrown(String type, String message, List<Frame> frames) {

  Thrown {
    frames = List.copyOf(frames);
  }
}
