package io.puraify.blackbox.engine.alerts.notify;

import io.puraify.blackbox.core.Severity;
import io.puraify.blackbox.engine.alerts.channel.Notification;
import io.puraify.blackbox.engine.alerts.evaluate.Alert;
import io.puraify.blackbox.engine.alerts.evaluate.AlertState;
import io.puraify.blackbox.engine.alerts.policy.Matcher;
import io.puraify.blackbox.engine.alerts.policy.Policy;
import io.puraify.blackbox.engine.alerts.policy.PolicyReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One case of the file, with the pipeline. A unit of its times is a minute here, of which each
 * second is played.
 */
final class PlayedCase {

  private static final long UNIT = 60_000_000;
  private static final long SECOND = 1_000_000;
  private static final long START = 1_772_452_800_000_000L;

  private static final Pattern ALERT = Pattern.compile("(fire|resolve) (\\w+)\\{(.*)}");
  private static final Pattern SILENCE = Pattern.compile("silence (\\w+) \\{(.*)} until (\\d+)");
  private static final Pattern EXPIRE = Pattern.compile("expire (\\w+)");
  private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~|!~|!=|=)(.*)");

  private final JsonNode shared;
  private final JsonNode it;
  private final Map<String, Policy> policies = new TreeMap<>();
  private final Pipeline pipeline = new Pipeline(policies::get);
  private final Map<String, Alert> active = new LinkedHashMap<>();
  private final Map<String, Silence> silences = new TreeMap<>();
  private final List<String> told = new ArrayList<>();

  /**
   * @param shared settings of all cases
   */
  PlayedCase(JsonNode shared, JsonNode it) {
    this.shared = shared;
    this.it = it;
  }

  /** What was told, and when. */
  List<String> play() {
    for (String name : List.of("a", "b", "c")) {
      policies.put(name, policy(name));
    }
    int until = it.path("until").asInt();
    for (int at = 0; at < until; at++) {
      String start = at + " ";
      for (JsonNode step : it.path("steps")) {
        if (step.asString().startsWith(start)) {
          step(step.asString().substring(start.length()), at);
        }
      }
      List<String> lines = new ArrayList<>();
      for (long second = 0; second < UNIT; second += SECOND) {
        flush(START + at * UNIT + second, at, lines);
      }
      lines.sort(null);
      told.addAll(lines);
    }
    return told;
  }

  private void flush(long now, int at, List<String> lines) {
    pipeline.flush(() -> List.copyOf(active.values()), List.copyOf(silences.values()), now);
    pipeline.drain().outgoing().forEach(each -> lines.add(line(at, each.notification())));
  }

  private static String line(int at, Notification notification) {
    SortedMap<String, TreeSet<String>> byState = new TreeMap<>();
    for (Notification.Item item : notification.alerts()) {
      byState.computeIfAbsent(item.state(), state -> new TreeSet<>()).add(name(item));
    }
    return at
        + ": "
        + String.join(
            "; ",
            byState.entrySet().stream()
                .map(each -> each.getKey() + " " + String.join(" ", each.getValue()))
                .toList());
  }

  private static String name(Notification.Item item) {
    SortedMap<String, String> labels = new TreeMap<>(item.labels());
    labels.remove("policy");
    labels.remove("severity");
    List<String> pairs =
        labels.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()).toList();
    return "%s{%s}".formatted(item.policy(), String.join(",", pairs));
  }

  private void step(String step, int at) {
    long now = START + at * UNIT;
    MatchResult parts = parts(ALERT, step);
    if (parts != null) {
      String key = step.substring(step.indexOf(' '));
      Alert alert =
          parts.group(1).equals("fire")
              ? fire(parts.group(2), parts.group(3), now)
              : active.remove(key).resolved("condition", null, now);
      if (alert.isActive()) {
        active.put(key, alert);
      }
      pipeline.add(alert, policies.get(alert.source().policy()), now);
      return;
    }
    parts = parts(SILENCE, step);
    if (parts != null) {
      silence(parts.group(1), parts.group(2), now, START + number(parts.group(3)) * UNIT);
      return;
    }
    parts = parts(EXPIRE, step);
    if (parts == null) {
      throw new IllegalArgumentException(step);
    }
    Silence before = silences.get(parts.group(1));
    silence(parts.group(1), before, now);
  }

  private static long number(String text) {
    return Long.parseLong(text);
  }

  private static @Nullable MatchResult parts(Pattern pattern, String text) {
    java.util.regex.Matcher matcher = pattern.matcher(text);
    return matcher.matches() ? matcher.toMatchResult() : null;
  }

  private static Alert fire(String policy, String text, long now) {
    SortedMap<String, String> labels = new TreeMap<>();
    for (String each : text.split(",", 0)) {
      if (!each.isEmpty()) {
        labels.put(each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1));
      }
    }
    String severity = labels.remove("severity");
    return new Alert(
        policy + text + now,
        new Alert.Source(policy, 1, text),
        labels,
        AlertState.FIRING,
        severity == null ? Severity.HIGH : Severity.valueOf(severity.toUpperCase(Locale.ROOT)),
        new Alert.Times(now, now, 0, now),
        new Alert.Evidence(1, 1, List.of()),
        new Alert.Text(policy, "", ""),
        new Alert.Handling(null, 0, null, null, false));
  }

  private void silence(String id, String text, long from, long to) {
    List<Matcher> matchers = new ArrayList<>();
    for (String each : text.split(",", 0)) {
      MatchResult parts = parts(MATCHER, each);
      matchers.add(Matcher.of(parts.group(1), operator(parts.group(2)), parts.group(3)));
    }
    silences.put(id, new Silence(id, matchers, "a case", "nobody", from, from, to));
  }

  private void silence(String id, Silence before, long to) {
    silences.put(
        id,
        new Silence(id, before.matchers(), "a case", "nobody", before.from(), before.from(), to));
  }

  private static Matcher.Operator operator(String sign) {
    return Stream.of(Matcher.Operator.values())
        .filter(each -> each.sign().equals(sign))
        .findAny()
        .orElseThrow();
  }

  private Policy policy(String name) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("policy", name);
    document.put("match", "status:error");
    document.putObject("condition").put("kind", "event");
    ObjectNode notify = document.putObject("notify");
    notify.put("group", it.path("groups").path(name).asString("all"));
    notify.putArray("channels").add("ui");
    notify.set("group_by", setting("group_by"));
    for (String each : List.of("group_wait", "group_interval", "repeat_interval")) {
      notify.put(each, setting(each).asInt() + "m");
    }
    ArrayNode inhibitions = document.putArray("inhibited_by");
    for (JsonNode each : it.path("inhibit")) {
      if (each.path("target").asString().equals(name)) {
        inhibit(inhibitions.addObject(), each);
      }
    }
    return PolicyReader.read(document, 1, Policy.Origin.API, channel -> true);
  }

  private static void inhibit(ObjectNode inhibition, JsonNode wanted) {
    ArrayNode source = inhibition.putArray("source");
    for (JsonNode each : wanted.path("source")) {
      MatchResult parts = parts(MATCHER, each.asString());
      source
          .addObject()
          .put("label", parts.group(1))
          .put("op", parts.group(2))
          .put("value", parts.group(3));
    }
    inhibition.set("equal", wanted.path("equal"));
  }

  private JsonNode setting(String name) {
    return it.has(name) ? it.path(name) : shared.path(name);
  }
}
