package io.puraify.blackbox.engine.errors;

import java.util.List;

/**
 * A stack trace that was understood.
 *
 * @param language whose form it has
 * @param chain the exceptions, the one that was reported first and its innermost cause last; at
 *     least one
 */
record StackTrace(Language language, List<Thrown> chain) {

  StackTrace {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("a stack trace without an exception");
    }
  }
}
