package io.puraify.blackbox.engine.errors;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What configuration says of how errors are put into groups. Immutable, safe for any thread.
 *
 * @param fingerprints the first whose filter means an error is the one
 */
record GroupingRules(List<ConfiguredFingerprint> fingerprints, FrameRules frames) {

  static final GroupingRules NONE = new GroupingRules(List.of(), FrameRules.NONE);

  GroupingRules {
    fingerprints = List.copyOf(fingerprints);
  }

  /** The rule that means an error. */
  Optional<ConfiguredFingerprint> find(Event error) {
    for (ConfiguredFingerprint each : fingerprints) {
      if (each.filter().test(error)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /** What of an event these rules read: events that are the same in it have one fingerprint. */
  Set<Field> fields() {
    Set<Field> fields = EnumSet.noneOf(Field.class);
    for (ConfiguredFingerprint each : fingerprints) {
      List<FieldRef> read = new ArrayList<>();
      collect(each.filter(), read);
      each.parts().forEach(part -> read.addAll(part.fields()));
      read.forEach(
          ref -> fields.add(ref instanceof FieldRef.Known(Field known) ? known : Field.ATTRIBUTES));
    }
    return fields;
  }

  private static void collect(Filter filter, List<FieldRef> fields) {
    switch (filter) {
      case Filter.And(List<Filter> all) -> all.forEach(each -> collect(each, fields));
      case Filter.Or(List<Filter> any) -> any.forEach(each -> collect(each, fields));
      case Filter.Not(Filter not) -> collect(not, fields);
      case Filter.In in -> fields.add(in.field());
      case Filter.Contains contains -> fields.add(contains.field());
      case Filter.Regex regex -> fields.add(regex.field());
      case Filter.Prefix prefix -> fields.add(prefix.field());
      case Filter.Exists exists -> fields.add(exists.field());
      case Filter.Range range -> fields.add(range.field());
    }
  }
}
