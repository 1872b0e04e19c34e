package io.puraify.blackbox.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** What was measured of one system, each work once or several times. For one thread. */
final class Measurements {

  private final Map<Work, List<Double>> values = new EnumMap<>(Work.class);
  private final Set<String> notes = new LinkedHashSet<>();

  void add(Work work, double value) {
    values.computeIfAbsent(work, key -> new ArrayList<>()).add(value);
  }

  /** Adds what the reader of a result has to know; saying it again adds nothing. */
  void note(String text) {
    notes.add(text);
  }

  void addAll(Measurements others) {
    others.values.forEach((work, more) -> more.forEach(value -> add(work, value)));
    notes.addAll(others.notes);
  }

  /** All values of a work in the order in which they were measured; empty where it was not. */
  List<Double> values(Work work) {
    return Collections.unmodifiableList(values.getOrDefault(work, List.of()));
  }

  /** The one figure of a work, where it was measured. */
  OptionalDouble figure(Work work) {
    List<Double> measured = values(work);
    return measured.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(work.of(measured));
  }

  List<String> notes() {
    return List.copyOf(notes);
  }
}
