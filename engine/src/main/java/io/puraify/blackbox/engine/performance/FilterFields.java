package io.puraify.blackbox.engine.performance;

import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which fields a filter looks at. */
final class FilterFields {

  private FilterFields() {}

  static Set<FieldRef> of(Filter filter) {
    return add(filter, new HashSet<>());
  }

  private static Set<FieldRef> add(Filter filter, Set<FieldRef> into) {
    switch (filter) {
      case Filter.And(List<Filter> all) -> all.forEach(each -> add(each, into));
      case Filter.Or(List<Filter> any) -> any.forEach(each -> add(each, into));
      case Filter.Not(Filter inner) -> add(inner, into);
      case Filter.In in -> into.add(in.field());
      case Filter.Contains contains -> into.add(contains.field());
      case Filter.Regex regex -> into.add(regex.field());
      case Filter.Prefix prefix -> into.add(prefix.field());
      case Filter.Exists exists -> into.add(exists.field());
      case Filter.Range range -> into.add(range.field());
    }
    return into;
  }
}
