package io.puraify.blackbox.engine.replay;

import io.puraify.blackbox.core.Attributes;
import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A deployment, or a change of a configuration, of logic or of a blueprint. */
record ChangeEvent(Event event) {

  private static final String DEPLOYMENT = "deployment";

  private static final Set<String> DEEDS =
      Set.of(
          DEPLOYMENT, "config_change", "configuration_change", "logic_change", "blueprint_change");

  /** Which events are changes. */
  static final Filter FILTER =
      new Filter.Or(
          List.of(
              new Filter.In(Failures.known(Field.EVENT_TYPE), DEEDS),
              new Filter.In(Failures.known(Field.ACTION), DEEDS)));

  private static final int MEMBERS_NAMED = 3;
  private static final int VALUE_CHARS = 60;

  boolean isDeployment() {
    return DEPLOYMENT.equals(event.given(Field.EVENT_TYPE))
        || DEPLOYMENT.equals(event.given(Field.ACTION));
  }

  /**
   * By which id it is known among deployments and other changes. Those are told by their type; what
   * has only the action of a change is none of them.
   */
  @Nullable String changeId() {
    String type = event.given(Field.EVENT_TYPE);
    return type != null && DEEDS.contains(type) ? event.eventId() : null;
  }

  /** What was changed, and by whom where that is known. */
  String words() {
    String engine = event.given(Field.ENGINE);
    String user = event.given(Field.USER_ID);
    String by = user == null ? "" : " by " + user;
    if (isDeployment()) {
      String version = event.given(Field.VERSION);
      return "%s was deployed%s"
          .formatted(
              (engine == null ? "a part" : engine) + (version == null ? "" : " " + version), by);
    }
    String platform = event.given(Field.PLATFORM);
    String of = platform != null ? " of " + platform : engine != null ? " in " + engine : "";
    String what = changed();
    String message = event.given(Field.MESSAGE);
    String detail = !what.isEmpty() ? what : message == null ? "" : cut(message);
    return "the configuration%s was changed%s%s"
        .formatted(of, by, detail.isEmpty() ? "" : " (" + detail + ")");
  }

  /** The members that differ between the attributes {@code before} and {@code after}. */
  private String changed() {
    String attributes = event.given(Field.ATTRIBUTES);
    if (attributes == null) {
      return "";
    }
    Map<String, String> all = Attributes.members(attributes);
    Map<String, String> before = object(all.get("before"));
    Map<String, String> after = object(all.get("after"));
    Set<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    names.removeIf(name -> Objects.equals(before.get(name), after.get(name)));
    List<String> said = new ArrayList<>();
    for (String name : names) {
      if (said.size() == MEMBERS_NAMED) {
        said.add("%d more".formatted(names.size() - MEMBERS_NAMED));
        break;
      }
      said.add("%s: %s → %s".formatted(name, value(before.get(name)), value(after.get(name))));
    }
    return String.join(", ", said);
  }

  private static Map<String, String> object(@Nullable String json) {
    return json != null && json.startsWith("{") ? Attributes.members(json) : Map.of();
  }

  private static String value(@Nullable String json) {
    return json == null ? "nothing" : cut(json);
  }

  private static String cut(String text) {
    return text.length() <= VALUE_CHARS ? text : text.substring(0, VALUE_CHARS) + "…";
  }
}
