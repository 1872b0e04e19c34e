package io.puraify.blackbox.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How well groups agree with labels made by hand. A message is right only where all messages of its
 * group have its label and all messages of its label are in its group (Zhu et al., "Tools and
 * Benchmarks for Automated Log Parsing", ICSE-SEIP 2019).
 *
 * @param right messages
 * @param messages all of them
 * @param groups how many were found
 * @param labels how many there are
 * @param mixed what is in groups of several labels
 * @param divided what is in several groups of one label
 */
record GroupingAccuracy(
    int right, int messages, int groups, int labels, List<String> mixed, List<String> divided) {

  /**
   * Compares.
   *
   * @param found the group of each message
   * @param labelled the label of each message
   */
  static GroupingAccuracy of(List<?> found, List<String> labelled) {
    Map<Object, Map<String, Integer>> labelsOf = new LinkedHashMap<>();
    Map<String, Map<Object, Integer>> groupsOf = new LinkedHashMap<>();
    for (int i = 0; i < found.size(); i++) {
      count(labelsOf, found.get(i), labelled.get(i));
      count(groupsOf, labelled.get(i), found.get(i));
    }
    int right = 0;
    for (Map<String, Integer> labels : labelsOf.values()) {
      Map.Entry<String, Integer> first = labels.entrySet().iterator().next();
      if (labels.size() == 1 && groupsOf.getOrDefault(first.getKey(), Map.of()).size() == 1) {
        right += first.getValue();
      }
    }
    return new GroupingAccuracy(
        right,
        found.size(),
        labelsOf.size(),
        groupsOf.size(),
        several(labelsOf),
        several(groupsOf));
  }

  private static <A, B> void count(Map<A, Map<B, Integer>> counts, A one, B other) {
    counts.computeIfAbsent(one, _ -> new LinkedHashMap<>()).merge(other, 1, Integer::sum);
  }

  private static <A, B> List<String> several(Map<A, Map<B, Integer>> counts) {
    List<String> lines = new ArrayList<>();
    counts.forEach((one, others) -> {
      if (others.size() > 1) {
        lines.add(one.toString());
        others.forEach((other, count) -> lines.add("  %,6d  %s".formatted(count, other)));
      }
    });
    return lines;
  }

  double share() {
    return messages == 0 ? 1 : (double) right / messages;
  }
}
