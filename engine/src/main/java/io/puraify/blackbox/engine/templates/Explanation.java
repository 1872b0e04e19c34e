package io.puraify.blackbox.engine.templates;

import java.util.List;

/**
 * Why a message has its template.
 *
 * @param template the text with placeholders
 * @param masked the parts that are values, in order, each with the rule that decided so
 */
public record Explanation(String template, List<Masked> masked) {

  public Explanation {
    masked = List.copyOf(masked);
  }
}
