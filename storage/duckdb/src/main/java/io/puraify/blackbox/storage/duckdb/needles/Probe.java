package io.puraify.blackbox.storage.duckdb.needles;

import io.puraify.blackbox.core.AssignedId;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/** What a filter asks of a needle index: which vectors of a segment it cannot rule out. */
sealed interface Probe {

  /** It rules out nothing. */
  Probe ALL = new Nothing();

  /** The vectors of a segment that may have events of the filter. */
  BitSet in(NeedleSegment segment);

  /** What a filter asks. */
  static Probe of(Filter filter) {
    return switch (filter) {
      case Filter.And(List<Filter> filters) ->
          each(filters.stream().map(Probe::of).filter(probe -> !probe.equals(ALL)).toList());
      case Filter.Or(List<Filter> filters) -> any(filters.stream().map(Probe::of).toList());
      case Filter.In(FieldRef.Known(Field field), Set<String> values) -> in(field, values);
      case Filter.Contains(FieldRef.Known(Field field), String part) ->
          words(field, WordPattern.of(part, false, false));
      case Filter.Prefix(FieldRef.Known(Field field), String prefix) ->
          words(field, WordPattern.of(prefix, true, false));
      case Filter.In _,
          Filter.Contains _,
          Filter.Prefix _,
          Filter.Regex _,
          Filter.Exists _,
          Filter.Range _,
          Filter.Not _ ->
          ALL;
    };
  }

  /**
   * A word that is looked for in several fields is asked for once: the index does not tell them.
   */
  private static Probe each(List<Probe> probes) {
    List<Probe> distinct = probes.stream().distinct().toList();
    return distinct.isEmpty() ? ALL : new Each(distinct);
  }

  private static Probe any(List<Probe> probes) {
    List<Probe> distinct = probes.stream().distinct().toList();
    return distinct.contains(ALL) ? ALL : new Any(distinct);
  }

  private static Probe in(Field field, Set<String> values) {
    if (NeedleIndex.TEXTS.contains(field)) {
      return any(
          values.stream().map(value -> words(field, WordPattern.of(value, true, true))).toList());
    }
    int id = NeedleIndex.IDS.indexOf(field);
    boolean assigned =
        field == Field.EVENT_ID
            && values.stream().anyMatch(value -> AssignedId.position(value).isPresent());
    return id < 0 || assigned
        ? ALL
        : new Ids(values.stream().mapToLong(value -> IdHash.of(id, value)).toArray());
  }

  private static Probe words(Field field, List<WordPattern> words) {
    return NeedleIndex.TEXTS.contains(field)
        ? each(words.stream().<Probe>map(Word::new).toList())
        : ALL;
  }

  /** Everything may match. */
  record Nothing() implements Probe {
    @Override
    public BitSet in(NeedleSegment segment) {
      BitSet all = new BitSet();
      all.set(0, segment.vectors());
      return all;
    }
  }

  /** Each of these must. */
  record Each(List<Probe> probes) implements Probe {
    @Override
    public BitSet in(NeedleSegment segment) {
      BitSet vectors = ALL.in(segment);
      for (Probe probe : probes) {
        if (!vectors.isEmpty()) {
          vectors.and(probe.in(segment));
        }
      }
      return vectors;
    }
  }

  /** Any of these must. */
  record Any(List<Probe> probes) implements Probe {
    @Override
    public BitSet in(NeedleSegment segment) {
      BitSet vectors = new BitSet();
      probes.forEach(probe -> vectors.or(probe.in(segment)));
      return vectors;
    }
  }

  /** There is an id with one of these hashes. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Ids(long[] hashes) implements Probe {
    @Override
    public BitSet in(NeedleSegment segment) {
      BitSet vectors = new BitSet();
      for (long hash : hashes) {
        segment.ids().find(hash, vectors);
      }
      return vectors;
    }
  }

  /** There is a word like this. */
  record Word(WordPattern pattern) implements Probe {
    @Override
    public BitSet in(NeedleSegment segment) {
      BitSet vectors = new BitSet();
      segment.words().find(pattern, vectors);
      return vectors;
    }
  }
}
