package io.puraify.blackbox.engine.alerts.evaluate;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Numbers;
import io.puraify.blackbox.core.Severity;
import io.puraify.blackbox.engine.alerts.policy.Policy;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Fills the templates of a policy with what an alert is about. */
final class Wordings {

  private static final Pattern PLACE = Pattern.compile("\\{\\{ *([A-Za-z0-9_.@-]{1,256}) *}}");
  private static final int MOST_CHARACTERS = 4_000;

  private Wordings() {}

  /**
   * What people read.
   *
   * @param other whether it is about many that have no alert of their own
   * @param event the latest one; {@code null} where there is none, as when nothing comes
   */
  static Alert.Text of(
      Policy policy,
      boolean other,
      Map<String, String> labels,
      Severity severity,
      double value,
      long events,
      @Nullable Event event) {
    Policy.Wording wording = policy.wording();
    java.util.function.Function<MatchResult, String> filled =
        place ->
            java.util.regex.Matcher.quoteReplacement(
                switch (place.group(1)) {
                  case "policy" -> policy.name();
                  case "severity" -> severity.jsonName();
                  case "events" -> Long.toString(events);
                  case "value" -> Double.isNaN(value) ? "-" : Numbers.format(value);
                  default -> text(place.group(1), labels, event);
                });
    String title = fill(wording.title(), filled);
    return new Alert.Text(
        other ? "%s: many at once; the latest is %s".formatted(policy.name(), title) : title,
        fill(wording.message(), filled),
        fill(wording.runbook(), filled));
  }

  private static String fill(
      String template, java.util.function.Function<MatchResult, String> filled) {
    String text = PLACE.matcher(template).replaceAll(filled).replaceAll(" {2,}", " ").strip();
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
  }

  private static String text(String name, Map<String, String> labels, @Nullable Event event) {
    String label = labels.get(name);
    if (label != null) {
      return label;
    }
    if (event == null) {
      return "";
    }
    Field field = Field.named(name);
    String prefix = FieldRef.ATTRIBUTE_PREFIX;
    String text =
        field != null
            ? event.text(field)
            : name.startsWith(prefix) && name.length() > prefix.length()
                ? event.text(new FieldRef.Attribute(name.substring(prefix.length())))
                : null;
    return text == null ? "" : text;
  }
}
