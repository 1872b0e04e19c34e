package io.puraify.blackbox.engine.deployments;

import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.engine.query.FilterSyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What kind of change something is. */
public enum ChangeKind {
  /** A version was deployed, as an event says. */
  DEPLOYMENT,
  /** A version that nobody has said to be deployed shows up in events. */
  VERSION,
  /** A setting is another than before. */
  CONFIGURATION,
  /** The logic of a flow is another than before. */
  BLUEPRINT;

  private static final FieldRef EVENT_TYPE = new FieldRef.Known(Field.EVENT_TYPE);

  /** The types of the events that are changes of this kind. */
  private Set<String> eventTypes() {
    return switch (this) {
      case DEPLOYMENT -> Set.of("deployment");
      case VERSION -> Set.of();
      case CONFIGURATION -> Set.of("config_change", "configuration_change");
      case BLUEPRINT -> Set.of("blueprint_change", "logic_change");
    };
  }

  /** The name in requests and answers, such as {@code deployment}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of a label. */
  static ChangeKind labelled(String label) {
    return Arrays.stream(values())
        .filter(kind -> kind.label().equals(label))
        .findFirst()
        .orElseThrow(() ->
            new FilterSyntaxException(
                "'%s' is no kind of change; there are %s"
                    .formatted(
                        label,
                        Arrays.stream(values())
                            .map(ChangeKind::label)
                            .collect(Collectors.joining(", ")))));
  }

  /** The kind that events of a type are, if they are changes. */
  static Optional<ChangeKind> ofEventType(@Nullable String eventType) {
    return eventType == null
        ? Optional.empty()
        : Arrays.stream(values()).filter(kind -> kind.eventTypes().contains(eventType)).findFirst();
  }

  /** Events that are changes of these kinds. */
  static Filter filter(List<ChangeKind> kinds) {
    return new Filter.In(
        EVENT_TYPE,
        kinds.stream().flatMap(kind -> kind.eventTypes().stream()).collect(Collectors.toSet()));
  }
}
