package io.puraify.blackbox.engine.alerts.evaluate;

import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Severity;
import io.puraify.blackbox.engine.alerts.policy.Condition;
import io.puraify.blackbox.engine.alerts.policy.Condition.Kind;
import io.puraify.blackbox.engine.alerts.policy.Policy;
import io.puraify.blackbox.engine.match.BlockView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One policy at work: its series, and the alerts that come of them. Not safe for several threads.
 */
final class Watch {

  /** Events of further series are counted in one that they share. */
  static final int MOST_SERIES = 10_000;

  private static final Set<String> ERRORS = Set.of("error", "timeout");

  final Policy policy;
  private final Wordings wordings;
  private final Map<String, Series> series = new HashMap<>();
  private final Set<Series> touched = new LinkedHashSet<>();
  private final Set<Series> active = new LinkedHashSet<>();
  private final Set<Series> unsaved = new HashSet<>();
  // Those of them whose alert began, changed or ended.
  private final Set<Series> decided = new LinkedHashSet<>();
  private final Set<String> removed = new HashSet<>();
  private final SeenShapes shapes = new SeenShapes();
  private final List<Field> labelFields = new ArrayList<>();
  private final Map<Long, Series> ofBlock = new HashMap<>();

  Watch(Policy policy) {
    this.policy = policy;
    this.wordings = new Wordings(policy);
    for (FieldRef by : policy.condition().by()) {
      if (by instanceof FieldRef.Known(Field field) && field.kind() == Field.Kind.LABEL) {
        labelFields.add(field);
      }
    }
    // Numbers of labels have 14 bits.
    if (labelFields.size() != policy.condition().by().size() || labelFields.size() > 4) {
      labelFields.clear();
    }
  }

  /** A policy without fields watches one series, which is there even when nothing comes. */
  void begin(long now) {
    boolean alone = policy.condition().by().isEmpty();
    if (alone && meansNothing() && !series.containsKey("")) {
      Series only = new Series(policy, "", new TreeMap<>());
      only.lastEvent = now;
      series.put("", only);
      unsaved.add(only);
    }
  }

  void load(String key, byte[] stored) {
    series.put(key, Series.decode(policy, key, stored));
  }

  void load(Alert alert) {
    Series its = series.get(alert.source().series());
    if (its == null) {
      its = new Series(policy, alert.source().series(), new TreeMap<>(alert.labels()));
      series.put(its.key, its);
    }
    its.alert = alert;
    active.add(its);
  }

  void loadShape(long shape, long micros) {
    shapes.load(shape, micros);
  }

  /** What another version of the policy knows, where it watches the same. */
  void takeOver(Watch other) {
    series.putAll(other.series);
    active.addAll(other.active);
    unsaved.addAll(other.unsaved);
    decided.addAll(other.decided);
    removed.addAll(other.removed);
    shapes.takeOver(other.shapes);
  }

  void beginBlock() {
    ofBlock.clear();
  }

  /** Takes an event that the policy means. */
  void add(BlockView view, int row, long now) {
    Series its = seriesOf(view, row, now);
    if (its != null) {
      count(its, view, row, now);
    }
  }

  /**
   * Takes an event again whose consequences were decided before a restart: it is only counted, and
   * only where it is not counted yet.
   */
  void addAgain(BlockView view, int row, long now) {
    Series its = seriesOf(view, row, now);
    if (its != null && view.block().first().value() + row >= its.stored) {
      count(its, view, row, now);
    }
  }

  private @Nullable Series seriesOf(BlockView view, int row, long now) {
    return policy.condition().kind() == Kind.FIRST_SEEN ? byShape(view, row, now) : find(view, row);
  }

  private void count(Series its, BlockView view, int row, long now) {
    if (policy.condition().kind().isMeasured()) {
      String status = view.text(Field.STATUS, row);
      boolean error = status != null && ERRORS.contains(status);
      FieldRef field = policy.condition().field();
      boolean distinct = policy.condition().kind() == Kind.DISTINCT;
      String value = distinct && field != null ? view.text(field, row) : null;
      its.window.add(
          now, error, value, distinct || field == null ? Double.NaN : number(view, field, row));
    }
    its.lastEvent = Math.max(its.lastEvent, now);
    its.events++;
    its.touched = true;
    its.lastRow = row;
    touched.add(its);
  }

  private static double number(BlockView view, FieldRef field, int row) {
    if (field instanceof FieldRef.Known(Field known) && known.kind() == Field.Kind.DECIMAL) {
      return view.block().decimal(known, row);
    }
    String text = view.text(field, row);
    return text == null
        ? Double.NaN
        : io.puraify.blackbox.core.Numbers.parse(text).orElse(Double.NaN);
  }

  private @Nullable Series byShape(BlockView view, int row, long now) {
    long shape = ErrorShape.of(view, row);
    String key = Long.toHexString(shape);
    if (shapes.contains(shape)) {
      return series.get(key);
    }
    boolean many = shapes.add(shape, now);
    if (many || series.size() >= MOST_SERIES) {
      return overflow();
    }
    return series.computeIfAbsent(key, absent -> new Series(policy, key, labels(view, row)));
  }

  private Series find(BlockView view, int row) {
    if (labelFields.isEmpty()) {
      return find(labels(view, row));
    }
    long numbers = 0;
    for (Field field : labelFields) {
      numbers = numbers << 14 | view.labelNumbers(field)[row];
    }
    Series known = ofBlock.get(numbers);
    if (known == null) {
      known = find(labels(view, row));
      ofBlock.put(numbers, known);
    }
    return known;
  }

  private Series find(SortedMap<String, String> labels) {
    String key = String.join("\u001f", labels.values());
    if (labels.size() < policy.condition().by().size()) {
      // Which values there are tells them apart as well.
      key = labels.toString();
    }
    Series known = series.get(key);
    if (known != null) {
      return known;
    }
    if (series.size() >= MOST_SERIES) {
      return overflow();
    }
    Series made = new Series(policy, key, labels);
    series.put(key, made);
    removed.remove(key);
    return made;
  }

  private Series overflow() {
    return series.computeIfAbsent(
        Series.OTHER, key -> new Series(policy, key, new TreeMap<>(Map.of("series", "other"))));
  }

  private SortedMap<String, String> labels(BlockView view, int row) {
    SortedMap<String, String> labels = new TreeMap<>();
    for (FieldRef by : policy.condition().by()) {
      String text = view.text(by, row);
      if (text != null) {
        labels.put(by.name(), text);
      }
    }
    return labels;
  }

  /** Looks at what has come since the last look. */
  void look(BlockView view, long now, Collection<Transition> into) {
    for (Series each : touched) {
      step(each, new Trigger(view, each.lastRow), now, into);
      each.touched = false;
      unsaved.add(each);
    }
    touched.clear();
  }

  /** After {@link #addAgain}: notes when the condition held. */
  void lookAgain(long now) {
    for (Series each : touched) {
      if (Judgement.of(policy, each, null, now).severity() != null) {
        each.lastTrue = now;
      }
      each.touched = false;
      unsaved.add(each);
    }
    touched.clear();
  }

  /** Everything was taken again: alerts know of the events that came after they were stored. */
  void caughtUp() {
    for (Series each : active) {
      Alert alert = each.alert;
      if (alert != null) {
        boolean measured = policy.condition().kind().isMeasured();
        double value = measured ? alert.evidence().value() : (double) each.events;
        each.alert = alert.counted(each.events, value, each.lastEvent);
        unsaved.add(each);
      }
    }
  }

  /** Looks at what changes by time alone. */
  void tick(long now, Collection<Transition> into) {
    for (Series each : List.copyOf(meansNothing() ? series.values() : active)) {
      step(each, null, now, into);
    }
  }

  /** Whether the policy is about what does not come. */
  private boolean meansNothing() {
    Condition condition = policy.condition();
    return condition.kind() == Kind.NO_DATA || condition.compare() == Condition.Compare.AT_MOST;
  }

  /** Whether {@link #tick} could change anything. */
  boolean changesByTime() {
    return meansNothing() ? !series.isEmpty() : !active.isEmpty();
  }

  /** Forgets series that say nothing any more. */
  void forget(long now) {
    if (policy.condition().kind() == Kind.NO_DATA || policy.condition().by().isEmpty()) {
      return;
    }
    long quiet = Judgement.micros(policy.condition().window());
    long flapping = Judgement.micros(Judgement.FLAPPING_WITHIN);
    series
        .values()
        .removeIf(each -> {
          long change = each.changes.isEmpty() ? 0 : each.changes.getLast() + flapping;
          boolean over = each.alert == null && each.lastEvent + quiet < now && change < now;
          if (over) {
            removed.add(each.key);
            unsaved.remove(each);
            decided.remove(each);
          }
          return over;
        });
    ofBlock.clear();
  }

  private void step(Series each, @Nullable Trigger trigger, long now, Collection<Transition> into) {
    Severity ofEvent = trigger == null ? null : trigger.severity();
    Judgement judgement = Judgement.of(policy, each, ofEvent, now);
    if (judgement.severity() != null) {
      each.lastTrue = now;
    }
    int before = into.size();
    Alert after = new AlertSteps(policy, wordings, each, judgement, trigger, now).step(into);
    if (into.size() > before) {
      decided.add(each);
    }
    if (trigger != null || !Objects.equals(after, each.alert)) {
      each.alert = after;
      unsaved.add(each);
    }
    if (after == null) {
      active.remove(each);
    } else {
      active.add(each);
    }
  }

  /** The alerts that are not over. */
  List<Alert> alerts() {
    List<Alert> alerts = new ArrayList<>();
    active.forEach(each -> {
      if (each.alert != null) {
        alerts.add(each.alert);
      }
    });
    return alerts;
  }

  /** Puts an alert as somebody has changed it; one that is over leaves its series. */
  boolean replace(Alert alert, long now) {
    Series its = series.get(alert.source().series());
    if (its == null || its.alert == null || !its.alert.id().equals(alert.id())) {
      return false;
    }
    its.alert = alert.isActive() ? alert : null;
    if (!alert.isActive()) {
      its.changed(now);
      active.remove(its);
    }
    unsaved.add(its);
    decided.add(its);
    return true;
  }

  boolean isUnsaved() {
    return !unsaved.isEmpty() || !removed.isEmpty() || shapes.isUnsaved();
  }

  void saveDecided(SeriesStore store, long position) {
    decided.forEach(each -> save(each, store, position));
  }

  void decidedSaved() {
    decided.clear();
  }

  void save(SeriesStore store, long position) {
    unsaved.forEach(each -> save(each, store, position));
    removed.forEach(key -> store.remove(policy.name(), key));
    shapes.save((shape, micros) -> store.seen(policy.name(), shape, micros));
  }

  private void save(Series each, SeriesStore store, long position) {
    store.save(policy.name(), each.key, each.encode(position));
    if (each.alert != null) {
      store.save(each.alert);
    }
  }

  void saved() {
    decided.clear();
    unsaved.clear();
    removed.clear();
    shapes.saved();
  }
}
