package io.puraify.blackbox.engine.alerts.evaluate;

import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.engine.alerts.policy.Condition;
import io.puraify.blackbox.engine.alerts.policy.Policy;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Which fields of events a policy looks at, so that nothing else of stored ones is read. */
public final class PolicyFields {

  /** What is asked of each event: when it was, how often, its id, and how bad it is. */
  private static final Set<Field> ALWAYS =
      EnumSet.of(
          Field.TIMESTAMP,
          Field.RECEIVED_AT,
          Field.EVENT_ID,
          Field.COUNT,
          Field.STATUS,
          Field.SEVERITY);

  private PolicyFields() {}

  /** Those of events that the policy matches. */
  public static Set<Field> ofMatched(Policy policy) {
    Set<Field> fields = EnumSet.copyOf(ALWAYS);
    Condition condition = policy.condition();
    condition.by().forEach(by -> fields.add(field(by)));
    if (condition.field() != null) {
      fields.add(field(condition.field()));
    }
    if (condition.kind() == Condition.Kind.FIRST_SEEN) {
      fields.addAll(ErrorShape.fields());
    }
    fields.addAll(new Wordings(policy).fields());
    return fields;
  }

  /** Those that say whether it matches an event. */
  public static Set<Field> ofMatch(Policy policy) {
    Set<Field> fields = EnumSet.noneOf(Field.class);
    add(policy.match(), fields);
    return fields;
  }

  private static void add(Filter filter, Set<Field> into) {
    switch (filter) {
      case Filter.And(List<Filter> filters) -> filters.forEach(each -> add(each, into));
      case Filter.Or(List<Filter> filters) -> filters.forEach(each -> add(each, into));
      case Filter.Not(Filter inner) -> add(inner, into);
      case Filter.In in -> into.add(field(in.field()));
      case Filter.Contains contains -> into.add(field(contains.field()));
      case Filter.Regex regex -> into.add(field(regex.field()));
      case Filter.Prefix prefix -> into.add(field(prefix.field()));
      case Filter.Exists exists -> into.add(field(exists.field()));
      case Filter.Range range -> into.add(field(range.field()));
    }
  }

  private static Field field(FieldRef ref) {
    return switch (ref) {
      case FieldRef.Known(Field field) -> field;
      case FieldRef.Attribute _ -> Field.ATTRIBUTES;
    };
  }
}
