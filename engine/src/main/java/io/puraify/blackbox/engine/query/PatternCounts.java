package io.puraify.blackbox.engine.query;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Step;
import io.puraify.blackbox.core.TimeRange;
import io.puraify.blackbox.engine.templates.Template;
import io.puraify.blackbox.engine.templates.Templates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts events by the template of their message. Two templates may turn out to be the same at any
 * moment, so what they have is added up in the end. For one thread, once.
 */
final class PatternCounts {

  /** Patterns that are told apart; of some more there is only how many events they have. */
  static final int MOST = Templates.MOST_TEMPLATES;

  /** Characters of an example, which is there to be recognised. */
  private static final int EXAMPLE = 1_024;

  private final Templates templates = new Templates(MOST, (part, whole) -> {});

  /** In the order in which they came, which decides between equals. */
  private final Map<Template, Count> counts = new LinkedHashMap<>();

  private final List<Count> numbered = new ArrayList<>();

  /** By event: which count it belongs to, its bucket, and how many events it counts as. */
  private final IntList owners = new IntList();

  private final IntList places = new IntList();
  private final IntList weights = new IntList();
  private final TimeRange range;
  private final Step step;
  private final Count rare = new Count(0);
  private long lookedAt;

  /**
   * Begins with none.
   *
   * @param range has no more than some thousand buckets of the step
   */
  PatternCounts(TimeRange range, Step step) {
    this.range = range;
    this.step = step;
    numbered.add(rare);
  }

  /**
   * Takes an event into account.
   *
   * @param weight how many events it counts as, ≥ 1
   */
  void add(Event event, long weight) {
    String message = event.text(Field.MESSAGE);
    long time = event.timestampMicros();
    if (message == null || !range.contains(time)) {
      return;
    }
    lookedAt += weight;
    Count count = count(templates.add(message));
    count.add(event, message, weight);
    owners.add(count.number);
    weights.add(Math.toIntExact(weight));
    places.add((int) ((step.floor(time) - step.floor(range.fromMicros())) / step.micros()));
  }

  private Count count(Template template) {
    Count count = counts.get(template);
    if (count == null) {
      if (counts.size() >= MOST) {
        return rare;
      }
      count = new Count(numbered.size());
      numbered.add(count);
      counts.put(template, count);
    }
    return count;
  }

  /** The most frequent patterns, and what is left. */
  Patterns patterns(long matching, int limit) {
    Map<Template, Count> merged = new LinkedHashMap<>();
    counts.forEach(
        (template, count) -> merged.merge(template.root(), count, (one, two) -> two.addTo(one)));
    List<Map.Entry<Template, Count>> ranked =
        merged.entrySet().stream()
            .sorted(
                Comparator.comparingLong(
                        (Map.Entry<Template, Count> entry) -> -entry.getValue().root().events)
                    .thenComparingInt(entry -> entry.getValue().root().number))
            .toList();
    List<Map.Entry<Template, Count>> shown = ranked.subList(0, Math.min(limit, ranked.size()));
    Map<Count, long[]> trends =
        trends(shown.stream().map(entry -> entry.getValue().root()).toList());
    List<Patterns.Pattern> patterns =
        shown.stream()
            .map(entry -> pattern(entry.getKey(), entry.getValue().root(), trends))
            .toList();
    long others = ranked.size() - shown.size() + rare.patterns();
    long shownEvents = patterns.stream().mapToLong(Patterns.Pattern::count).sum();
    Optional<Patterns.Other> other =
        lookedAt == shownEvents
            ? Optional.empty()
            : Optional.of(
                new Patterns.Other(others, lookedAt - shownEvents, boxed(trends.get(rare))));
    return new Patterns(
        range,
        StepChoice.format(step),
        buckets(),
        Math.max(matching, lookedAt),
        lookedAt,
        ranked.size() + rare.patterns(),
        patterns,
        other);
  }

  /** The counts of the buckets; those of all that are not listed go to {@link #rare}. */
  private Map<Count, long[]> trends(Collection<Count> listed) {
    int buckets = (int) step.buckets(range);
    Map<Count, long[]> trends = new HashMap<>();
    listed.forEach(count -> trends.put(count, new long[buckets]));
    long[] others = new long[buckets];
    trends.put(rare, others);
    for (int i = 0; i < owners.size; i++) {
      Count root = numbered.get(owners.values[i]).root();
      trends.getOrDefault(root, others)[places.values[i]] += weights.values[i];
    }
    return trends;
  }

  private static Patterns.Pattern pattern(
      Template template, Count count, Map<Count, long[]> trends) {
    return new Patterns.Pattern(
        template.fingerprint(),
        template.text(),
        count.events,
        count.first,
        count.last,
        new Patterns.Example(count.eventId, count.message),
        boxed(trends.get(count)));
  }

  private List<Long> buckets() {
    List<Long> buckets = new ArrayList<>();
    long first = step.floor(range.fromMicros());
    for (int i = 0; i < step.buckets(range); i++) {
      buckets.add(first + i * step.micros());
    }
    return buckets;
  }

  private static List<Long> boxed(long @Nullable [] counts) {
    return counts == null ? List.of() : Arrays.stream(counts).boxed().toList();
  }

  /** What is known of a template's events. */
  private static final class Count {

    private final int number;
    private @Nullable Count parent;
    private long events;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private String eventId = "";
    private String message = "";

    Count(int number) {
      this.number = number;
    }

    void add(Event event, String text, long weight) {
      long time = event.timestampMicros();
      events += weight;
      first = Math.min(first, time);
      if (time >= last) {
        last = time;
        eventId = event.eventId();
        message = beginning(text);
      }
    }

    private static String beginning(String text) {
      if (text.length() <= EXAMPLE) {
        return text;
      }
      boolean halved = Character.isHighSurrogate(text.charAt(EXAMPLE - 1));
      return text.substring(0, halved ? EXAMPLE - 1 : EXAMPLE);
    }

    /** Adds this to another count, which stands for both from then on. */
    Count addTo(Count other) {
      other.events += events;
      other.first = Math.min(other.first, first);
      if (last > other.last) {
        other.last = last;
        other.eventId = eventId;
        other.message = message;
      }
      parent = other;
      return other;
    }

    Count root() {
      return parent == null ? this : parent;
    }

    /** One at least where there are events; more are not told apart. */
    long patterns() {
      return events == 0 ? 0 : 1;
    }
  }

  private static final class IntList {
    private int[] values = new int[1_024];
    private int size;

    void add(int value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, size * 2);
      }
      values[size++] = value;
    }
  }
}
