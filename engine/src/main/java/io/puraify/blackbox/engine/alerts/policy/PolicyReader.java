package io.puraify.blackbox.engine.alerts.policy;

import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Problem;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.core.Severity;
import io.puraify.blackbox.engine.alerts.policy.Condition.Compare;
import io.puraify.blackbox.engine.alerts.policy.Condition.Kind;
import io.puraify.blackbox.engine.alerts.policy.Policy.Origin;
import io.puraify.blackbox.engine.query.QueryLanguage;
import io.puraify.blackbox.engine.query.QuerySyntaxException;
import io.puraify.blackbox.engine.query.Reading;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * Reads a policy, or says everything that is wrong with it at once. {@code docs/alerts.md} tells
 * the form to people.
 */
public final class PolicyReader {

  private static final Duration NONE = Duration.ZERO;
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration WEEK = Duration.ofDays(7);
  private static final int MOST_BY = 8;
  private static final int MOST_THRESHOLDS = 4;

  /** An alert of single events is over when none has come for so long. */
  private static final Duration QUIET = Duration.ofMinutes(5);

  private final List<Problem.Item> errors = new ArrayList<>();
  private final Predicate<String> channels;

  private PolicyReader(Predicate<String> channels) {
    this.channels = channels;
  }

  /**
   * Reads a policy.
   *
   * @param channels whether there is a channel of a name
   * @throws ProblemException of status 400, with a JSON pointer for each place that is wrong
   */
  public static Policy read(
      JsonNode document, long version, Origin origin, Predicate<String> channels) {
    PolicyReader reader = new PolicyReader(channels);
    Policy policy = reader.policy(document, version, origin);
    if (!reader.errors.isEmpty()) {
      throw new ProblemException(
          new Problem(
              400,
              "invalid-policy",
              "The policy cannot be used",
              "%d of its members are not as they have to be; the policies that run are unchanged"
                  .formatted(reader.errors.size()),
              reader.errors));
    }
    return policy;
  }

  private Policy policy(JsonNode document, long version, Origin origin) {
    Reading in = new Reading(document, "", errors);
    String name = in.text("policy", "", 64);
    if (!name.matches("[a-z0-9][a-z0-9_-]*")) {
      in.error("policy", "a name of a-z, 0-9, _ and - was expected");
    }
    String expression = in.text("match", "", 16_384);
    Condition condition = condition(in);
    boolean event = condition.kind().isOfEvents();
    boolean ofEvent = event && !in.has("thresholds") && !in.has("severity");
    List<Threshold> thresholds = thresholds(in, condition);
    Policy.Timing timing =
        new Policy.Timing(
            in.span("for", NONE, NONE, WEEK),
            in.span("keep_firing_for", event ? QUIET : NONE, NONE, WEEK));
    Policy.Wording wording =
        new Policy.Wording(
            in.text("title", name, 1_024),
            in.text("message", "{{message}}", 8_192),
            in.text("runbook", "", 2_048));
    Policy policy =
        new Policy(
            name,
            version,
            origin,
            in.flag("enabled", true),
            in.text("description", "", 4_096),
            expression,
            filter(in, expression, condition.kind()),
            condition,
            thresholds,
            ofEvent,
            timing,
            in.map("labels", 32),
            wording,
            delivery(in, name),
            in.objects("inhibited_by", 16, (each, n) -> inhibition(each)),
            in.objects("mute_times", 16, (each, n) -> muteTime(each)));
    in.refuseUnknown();
    return policy;
  }

  private static Filter filter(Reading in, String expression, Kind kind) {
    try {
      Filter match = QueryLanguage.parse(expression);
      Filter events = kind.events();
      return events.equals(Filter.ALL) ? match : new Filter.And(List.of(events, match));
    } catch (QuerySyntaxException e) {
      in.error("match", String.valueOf(e.getMessage()));
      return Filter.ALL;
    }
  }

  private static Condition condition(Reading policy) {
    Reading in = policy.object("condition");
    Kind kind = in.oneOf("kind", Kind.class, Kind.EVENT);
    boolean windowed = kind.isMeasured() || kind == Kind.NO_DATA;
    if (windowed && !in.has("window")) {
      in.error("window", "how far to look back was expected, such as 5m");
    }
    Duration window = windowed ? in.span("window", DAY, Duration.ofSeconds(1), DAY) : NONE;
    boolean ofField = kind == Kind.DISTINCT || kind == Kind.PERCENTILE;
    FieldRef field = null;
    if (ofField) {
      String otherwise = kind == Kind.DISTINCT ? "user_id" : "duration_ms";
      field = in.field("field", in.text("field", otherwise, 256));
    }
    double quantile = kind == Kind.PERCENTILE ? in.number("quantile", 0.95, 0, 1) : 0;
    List<FieldRef> by =
        in.texts("by", kind.by(), MOST_BY).stream()
            .map(name -> in.field("by", name))
            .distinct()
            .toList();
    Condition condition =
        new Condition(
            kind,
            window,
            by,
            field,
            quantile,
            kind.isMeasured()
                ? in.oneOf("compare", Compare.class, Compare.AT_LEAST)
                : Compare.AT_LEAST,
            (long) in.number("min_events", 1, 1, 1e12));
    in.refuseUnknown();
    return condition;
  }

  private List<Threshold> thresholds(Reading in, Condition condition) {
    Severity severity = severity(in, "high");
    List<Threshold> thresholds =
        new ArrayList<>(
            in.objects("thresholds", MOST_THRESHOLDS, (each, n) -> threshold(each, condition)));
    if (thresholds.isEmpty()) {
      if (condition.kind().isMeasured()) {
        in.error("thresholds", "at least one {\"severity\": …, \"value\": …} was expected");
      }
      thresholds.add(new Threshold(severity, 1, 1, List.of()));
    }
    Set<Severity> seen = EnumSet.noneOf(Severity.class);
    for (Threshold each : thresholds) {
      if (!seen.add(each.severity())) {
        in.error("thresholds", "%s is there twice".formatted(each.severity().jsonName()));
      }
    }
    thresholds.sort(Comparator.comparing(Threshold::severity).reversed());
    return thresholds;
  }

  private Threshold threshold(Reading in, Condition condition) {
    Severity severity = severity(in, "high");
    if (condition.kind().isMeasured() && !in.has("value")) {
      in.error("value", "a number was expected");
    }
    double value = in.number("value", 1, -1e15, 1e15);
    double recovery = in.number("recovery", value, -1e15, 1e15);
    boolean sensible =
        condition.compare() == Compare.AT_LEAST ? recovery <= value : recovery >= value;
    if (!sensible) {
      in.error("recovery", "it lies on the wrong side of the value");
    }
    return new Threshold(severity, value, recovery, known(in, in.texts("channels", List.of(), 16)));
  }

  private static Severity severity(Reading in, String otherwise) {
    Severity severity = Severity.parse(in.text("severity", otherwise, 32));
    if (severity == null) {
      in.error("severity", "one of debug, info, low, medium, high and critical was expected");
      return Severity.HIGH;
    }
    return severity;
  }

  private Delivery delivery(Reading policy, String name) {
    Reading in = policy.object("notify");
    Delivery.Escalation escalation = null;
    if (in.has("escalate")) {
      Reading inner = in.object("escalate");
      escalation =
          new Delivery.Escalation(
              inner.span("after", Duration.ofMinutes(15), Duration.ofSeconds(1), WEEK),
              known(inner, inner.texts("channels", List.of(), 16)));
      if (escalation.channels().isEmpty()) {
        inner.error("channels", "at least one channel was expected");
      }
      inner.refuseUnknown();
    }
    Delivery delivery =
        new Delivery(
            known(in, in.texts("channels", List.of("ui"), 16)),
            in.text("group", name, 64),
            in.texts("group_by", List.of("project_id"), MOST_BY),
            in.span("group_wait", Delivery.GROUP_WAIT, NONE, DAY),
            in.span("group_interval", Delivery.GROUP_INTERVAL, Duration.ofSeconds(1), DAY),
            in.span("repeat_interval", Delivery.REPEAT_INTERVAL, Duration.ofMinutes(1), WEEK),
            escalation);
    in.refuseUnknown();
    return delivery;
  }

  private List<String> known(Reading in, List<String> names) {
    for (String name : names) {
      if (!channels.test(name)) {
        in.error("channels", "there is no channel '%s'".formatted(name));
      }
    }
    return names;
  }

  private static Inhibition inhibition(Reading in) {
    List<Matcher> source = Matchers.read(in, "source");
    if (source.isEmpty()) {
      in.error("source", "at least one matcher was expected");
    }
    return new Inhibition(source, in.texts("equal", List.of(), 16));
  }

  private static MuteTime muteTime(Reading in) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String name :
        in.texts("days", List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun"), 7)) {
      boolean found = false;
      for (DayOfWeek day : DayOfWeek.values()) {
        if (day.name().toLowerCase(Locale.ROOT).startsWith(name) && name.length() == 3) {
          days.add(day);
          found = true;
        }
      }
      if (!found) {
        in.error("days", "'%s' is none of mon, tue, wed, thu, fri, sat and sun".formatted(name));
      }
    }
    return new MuteTime(days, time(in, "from", "00:00"), time(in, "to", "00:00"), zone(in));
  }

  private static LocalTime time(Reading in, String name, String otherwise) {
    try {
      return LocalTime.parse(in.text(name, otherwise, 16));
    } catch (DateTimeException e) {
      in.error(name, "a time of day such as 22:30 was expected");
      return LocalTime.MIDNIGHT;
    }
  }

  private static ZoneId zone(Reading in) {
    try {
      return ZoneId.of(in.text("zone", "UTC", 64));
    } catch (DateTimeException e) {
      in.error("zone", "a time zone such as Europe/Berlin was expected");
      return ZoneId.of("UTC");
    }
  }
}
