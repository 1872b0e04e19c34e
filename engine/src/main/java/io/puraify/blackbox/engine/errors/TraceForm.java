package io.puraify.blackbox.engine.errors;

import java.util.List;

/** How a language prints stack traces. Stateless: safe for many threads. */
interface TraceForm {

  /**
   * The exceptions of a trace, the one that was reported first; none where the lines have another
   * form.
   */
  List<Thrown> parse(List<String> lines);
}
