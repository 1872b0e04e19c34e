package io.puraify.blackbox.engine.alerts.policy;

import java.util.List;

/**
 * A policy's alerts are not told while an alert fires that explains them.
 *
 * @param source which alerts explain them
 * @param equal labels that have to be the same on both; absent on both counts as the same
 */
public record Inhibition(List<Matcher> source, List<String> equal) {

  public Inhibition {
    source = List.copyOf(source);
    equal = List.copyOf(equal);
  }
}
