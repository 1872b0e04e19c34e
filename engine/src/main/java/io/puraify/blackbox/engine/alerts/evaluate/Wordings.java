package io.puraify.blackbox.engine.alerts.evaluate;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Numbers;
import io.puraify.blackbox.core.Severity;
import io.puraify.blackbox.engine.alerts.policy.Policy;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The templates of a policy, to be filled with what an alert is about. Safe for any thread. */
final class Wordings {

  private static final Pattern PLACE = Pattern.compile("\\{\\{ *([A-Za-z0-9_.@-]{1,256}) *}}");
  private static final Pattern SPACES = Pattern.compile(" {2,}");
  private static final int MOST_CHARACTERS = 4_000;

  private final String policy;
  private final Template title;
  private final Template message;
  private final Template runbook;

  Wordings(Policy policy) {
    this.policy = policy.name();
    this.title = new Template(policy.wording().title());
    this.message = new Template(policy.wording().message());
    this.runbook = new Template(policy.wording().runbook());
  }

  /**
   * What people read.
   *
   * @param other whether it is about many that have no alert of their own
   * @param event the latest one; {@code null} where there is none, as when nothing comes
   */
  Alert.Text fill(
      boolean other,
      Map<String, String> labels,
      Severity severity,
      double value,
      long events,
      @Nullable Event event) {
    UnaryOperator<String> text =
        place ->
            switch (place) {
              case "policy" -> policy;
              case "severity" -> severity.jsonName();
              case "events" -> Long.toString(events);
              case "value" -> Double.isNaN(value) ? "-" : Numbers.format(value);
              default -> text(place, labels, event);
            };
    String filled = title.fill(text);
    return new Alert.Text(
        other ? "%s: many at once; the latest is %s".formatted(policy, filled) : filled,
        message.fill(text),
        runbook.fill(text));
  }

  /** The fields of events that its templates name. */
  Set<Field> fields() {
    Set<Field> fields = EnumSet.noneOf(Field.class);
    for (Template template : List.of(title, message, runbook)) {
      for (int at = 1; at < template.parts.length; at += 2) {
        String name = template.parts[at];
        Field field =
            name.startsWith(FieldRef.ATTRIBUTE_PREFIX) ? Field.ATTRIBUTES : Field.named(name);
        if (field != null) {
          fields.add(field);
        }
      }
    }
    return fields;
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

  /** Text with places in it, taken apart once: alerts of a flood are put into words each second. */
  private static final class Template {

    // Text and the name of a place take turns; text comes first and last.
    private final String[] parts;

    Template(String template) {
      List<String> found = new ArrayList<>();
      Matcher places = PLACE.matcher(template);
      int end = 0;
      while (places.find()) {
        found.add(template.substring(end, places.start()));
        found.add(places.group(1));
        end = places.end();
      }
      found.add(template.substring(end));
      this.parts = found.toArray(String[]::new);
    }

    String fill(UnaryOperator<String> places) {
      if (parts.length == 1) {
        return tidy(parts[0]);
      }
      StringBuilder filled = new StringBuilder(parts[0]);
      for (int at = 1; at < parts.length; at += 2) {
        filled.append(places.apply(parts[at])).append(parts[at + 1]);
      }
      return tidy(filled.toString());
    }

    private static String tidy(String filled) {
      String single = filled.contains("  ") ? SPACES.matcher(filled).replaceAll(" ") : filled;
      String text = single.strip();
      return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
    }
  }
}
