package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.engine.deployments.Suspects;
import io.puraify.blackbox.engine.errors.ChangeRecord;
import io.puraify.blackbox.engine.errors.ChangeRequest;
import io.puraify.blackbox.engine.errors.ErrorEvents;
import io.puraify.blackbox.engine.errors.GroupExplanation;
import io.puraify.blackbox.engine.errors.GroupView;
import io.puraify.blackbox.engine.errors.JudgedException;
import io.puraify.blackbox.engine.errors.JudgedFrame;
import io.puraify.blackbox.engine.errors.PreviewRequest;
import io.puraify.blackbox.engine.errors.PreviewResult;
import io.puraify.blackbox.engine.errors.RulesVersion;
import io.puraify.blackbox.engine.errors.Turn;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of groups of errors. */
public final class ErrorsJson {

  private ErrorsJson() {}

  /**
   * A page of groups.
   *
   * @param suspects by the groups' ids, where they are asked for
   */
  static byte[] page(
      GroupView.Page page, Map<String, CompletableFuture<Suspects.Answer>> suspects) {
    return Json.write(json -> {
      json.writeStartObject();
      json.writeArrayPropertyStart("groups");
      for (GroupView group : page.groups()) {
        json.writeStartObject();
        group(json, group);
        CompletableFuture<Suspects.Answer> suspect = suspects.get(group.id());
        if (suspect != null) {
          json.writeName("suspect");
          json.writeRawValue(SuspectsJson.first(KeptAnswers.known(suspect)).toString());
        }
        json.writeEndObject();
      }
      json.writeEndArray();
      if (page.nextCursor() != null) {
        json.writeStringProperty("next_cursor", page.nextCursor());
      }
      json.writeNumberProperty("ungrouped_errors", page.outside());
      json.writeEndObject();
    });
  }

  static byte[] details(GroupView.Details details) {
    return Json.write(json -> {
      json.writeStartObject();
      group(json, details.group());
      json.writeObjectPropertyStart("trend");
      buckets(json, "minutes", details.minutes());
      buckets(json, "hours", details.hours());
      buckets(json, "days", details.days());
      json.writeEndObject();
      json.writeObjectPropertyStart("fields");
      details.fields().forEach((field, counts) -> field(json, field, counts));
      json.writeEndObject();
      json.writeArrayPropertyStart("examples");
      for (GroupView.Example example : details.examples()) {
        json.writeStartObject();
        json.writeStringProperty("event_id", example.eventId());
        json.writeStringProperty("timestamp", Micros.format(example.micros()));
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeArrayPropertyStart("fingerprints");
      for (GroupView.Hash hash : details.fingerprints()) {
        json.writeStartObject();
        json.writeStringProperty("fingerprint", hash.fingerprint());
        json.writeNumberProperty("algorithm_version", hash.algorithm());
        json.writeNumberProperty("errors", hash.errors());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeArrayPropertyStart("changes");
      details.changes().forEach(change -> change(json, change));
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  private static void group(JsonGenerator json, GroupView group) {
    json.writeStringProperty("group_id", group.id());
    json.writeStringProperty("project_id", group.project());
    json.writeStringProperty("title", group.title());
    optional(json, "type", group.type());
    json.writeStringProperty("rule", group.rule());
    json.writeObjectPropertyStart("culprit");
    optional(json, "engine", group.culprit().engine());
    optional(json, "platform", group.culprit().platform());
    optional(json, "action", group.culprit().action());
    optional(json, "frame", group.culprit().frame());
    json.writeEndObject();
    json.writeStringProperty("state", group.state().jsonName());
    json.writeStringProperty("severity", group.severity().level());
    json.writeStringProperty("severity_reason", group.severity().reason());
    optional(json, "assignee", group.assignee());
    GroupView.Numbers numbers = group.numbers();
    json.writeNumberProperty("errors", numbers.errors());
    json.writeNumberProperty("errors_last_hour", numbers.lastHour());
    json.writeNumberProperty("users", numbers.users());
    json.writeNumberProperty("sessions", numbers.sessions());
    json.writeNumberProperty("flows", numbers.flows());
    json.writeArrayPropertyStart("approximate");
    approximate(json, "users", numbers.usersApproximate());
    approximate(json, "sessions", numbers.sessionsApproximate());
    approximate(json, "flows", numbers.flowsApproximate());
    json.writeEndArray();
    seen(json, "first_seen", group.first());
    seen(json, "last_seen", group.last());
    if (group.mergedInto() != null) {
      json.writeStringProperty("merged_into", group.mergedInto());
    }
  }

  private static void approximate(JsonGenerator json, String name, boolean is) {
    if (is) {
      json.writeString(name);
    }
  }

  private static void optional(JsonGenerator json, String name, String text) {
    if (!text.isEmpty()) {
      json.writeStringProperty(name, text);
    }
  }

  private static void seen(JsonGenerator json, String name, GroupView.Seen seen) {
    json.writeObjectPropertyStart(name);
    json.writeStringProperty("time", Micros.format(seen.micros()));
    optional(json, "version", seen.version());
    optional(json, "environment", seen.environment());
    json.writeEndObject();
  }

  private static void buckets(JsonGenerator json, String name, List<GroupView.Bucket> buckets) {
    json.writeArrayPropertyStart(name);
    for (GroupView.Bucket bucket : buckets) {
      json.writeStartObject();
      json.writeStringProperty("time", Micros.format(bucket.micros()));
      json.writeNumberProperty("errors", bucket.count());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void field(JsonGenerator json, String field, Map<String, Long> counts) {
    json.writeObjectPropertyStart(field);
    json.writeArrayPropertyStart("values");
    counts.forEach((value, count) -> {
      if (!value.equals(GroupView.OTHER)) {
        json.writeStartObject();
        json.writeStringProperty("value", value);
        json.writeNumberProperty("errors", count);
        json.writeEndObject();
      }
    });
    json.writeEndArray();
    json.writeNumberProperty("other", counts.getOrDefault(GroupView.OTHER, 0L));
    json.writeEndObject();
  }

  private static void change(JsonGenerator json, ChangeRecord change) {
    json.writeStartObject();
    json.writeNumberProperty("change_id", change.id());
    json.writeStringProperty("change", change.kind().jsonName());
    json.writeStringProperty("time", Micros.format(change.micros()));
    optional(json, "actor", change.actor());
    optional(json, "comment", change.comment());
    optional(json, "detail", change.detail());
    if (change.undoneBy() != null) {
      json.writeNumberProperty("undone_by", change.undoneBy());
    }
    json.writeEndObject();
  }

  static ObjectNode explanation(GroupExplanation it) {
    ObjectNode json = AlertsJson.object();
    json.put("group_id", it.groupId());
    json.put("event_id", it.eventId());
    json.put("rule", it.rule().jsonName());
    json.put("reason", it.rule().text());
    if (it.configured() != null) {
      json.put("grouping_rule", it.configured());
    }
    json.put("rules_version", it.rulesVersion());
    json.put("fingerprint", it.fingerprint());
    json.put("algorithm_version", it.algorithm());
    ArrayNode parts = json.putArray("parts");
    it.parts().forEach(parts::add);
    ObjectNode membership = json.putObject("membership");
    membership.put("because", it.membership().reason().name().toLowerCase(Locale.ROOT));
    membership.put("reason", it.membership().reason().text());
    if (it.membership().change() != null) {
      membership.put("change_id", it.membership().change());
    }
    if (it.language() != null) {
      json.put("language", it.language());
    }
    ArrayNode exceptions = json.putArray("exceptions");
    it.exceptions().forEach(each -> exceptions.add(exception(each)));
    if (it.message() != null) {
      json.set("message", message(it.message()));
    }
    return json;
  }

  private static ObjectNode exception(JudgedException thrown) {
    ObjectNode json = AlertsJson.object();
    json.put("type", thrown.type());
    json.put("order_counts", !thrown.overflow());
    ArrayNode frames = json.putArray("frames");
    for (JudgedFrame each : thrown.frames()) {
      ObjectNode frame = frames.addObject();
      frame.put("frame", each.frame().text());
      frame.put("name", each.stable());
      frame.put("counts", each.use().counts());
      frame.put("use", each.use().name().toLowerCase(Locale.ROOT));
      frame.put("reason", each.use().reason());
      if (each.pattern() != null) {
        frame.put("pattern", each.pattern());
      }
    }
    return json;
  }

  private static ObjectNode message(GroupExplanation.Message it) {
    ObjectNode json = AlertsJson.object();
    json.put("template", it.template());
    json.put("learned_template", it.learned());
    ArrayNode values = json.putArray("values");
    for (GroupExplanation.Value each : it.values()) {
      ObjectNode value = values.addObject();
      value.put("rule", each.rule());
      value.put("placeholder", each.placeholder());
      value.put("value", each.value());
      value.put("from", each.from());
      value.put("to", each.to());
    }
    return json;
  }

  static ObjectNode rules(RulesVersion it) {
    ObjectNode json = AlertsJson.object();
    json.put("version", it.version());
    if (it.version() > 0) {
      json.put("time", Micros.format(it.micros()));
      json.put("change_id", it.id());
      json.put("actor", it.actor());
      json.put("comment", it.comment());
    }
    if (it.undone() != null) {
      json.put("undone_version", it.undone());
    }
    json.set("rules", JsonMapper.shared().readTree(it.document()));
    return json;
  }

  static ObjectNode preview(PreviewRequest request, PreviewResult it) {
    ObjectNode json = AlertsJson.object();
    json.put("from", Micros.format(request.range().fromMicros()));
    json.put("to", Micros.format(request.range().toMicros()));
    json.put("errors", it.errors());
    json.put("complete", it.stop() == null);
    if (it.stop() != null) {
      json.put("stopped_by", it.stop().jsonName());
    }
    json.put("oldest", Micros.format(it.oldestMicros()));
    ObjectNode groups = json.putObject("groups");
    groups.put("before", it.numbers().before());
    groups.put("after", it.numbers().after());
    groups.put("kept", it.numbers().kept());
    groups.put("split", it.numbers().split());
    groups.put("merged", it.numbers().merged());
    groups.put("new", it.numbers().fresh());
    ArrayNode split = json.putArray("split");
    for (PreviewResult.Split each : it.split()) {
      parts(part(split.addObject(), each.group()).putArray("into"), each.into());
    }
    joined(json.putArray("merged"), it.merged());
    joined(json.putArray("new"), it.fresh());
    return json;
  }

  private static void joined(ArrayNode array, List<PreviewResult.Joined> groups) {
    groups.forEach(each -> parts(part(array.addObject(), each.group()).putArray("of"), each.of()));
  }

  private static void parts(ArrayNode array, List<PreviewResult.Part> parts) {
    parts.forEach(each -> {
      var _ = part(array.addObject(), each);
    });
  }

  private static ObjectNode part(ObjectNode json, PreviewResult.Part it) {
    json.put("group_id", it.groupId());
    json.put("new", it.isNew());
    json.put("title", it.title());
    json.put("errors", it.errors());
    json.put("example", it.exampleId());
    return json;
  }

  /**
   * The event that puts grouping rules to work.
   *
   * @param after the version that they follow, for an event id that is the same each time; {@code
   *     null} for one that is assigned
   */
  public static byte[] rules(
      JsonNode document, String actor, String comment, @Nullable Long after) {
    ObjectNode json = ofRules(actor, comment);
    if (after != null) {
      String hash = Integer.toHexString(document.toString().hashCode());
      json.put("event_id", "grouping-rules-%d-%s".formatted(after, hash));
    }
    json.putObject("issue").put("change", "apply_rules").set("rules", document);
    return JsonMapper.shared().writeValueAsBytes(json);
  }

  /** The event that takes grouping rules back. */
  static byte[] undoneRules(long version, String actor) {
    ObjectNode json = ofRules(actor, "Grouping rules taken back");
    json.putObject("issue").put("change", "undo_rules").put("version", version);
    return JsonMapper.shared().writeValueAsBytes(json);
  }

  private static ObjectNode ofRules(String actor, String comment) {
    ObjectNode json = AlertsJson.object();
    json.put("project_id", SpikeJson.OWN_PROJECT);
    json.put("event_type", ErrorEvents.ISSUE_CHANGE);
    json.put("engine", "monitoring");
    json.put("severity", "info");
    json.put("user_id", actor);
    json.put("message", comment);
    return json;
  }

  /** The event that tells what has become of a group. */
  public static byte[] event(Turn turn) {
    String seen = turn.version().isEmpty() ? "" : " in version " + turn.version();
    String what =
        switch (turn.state()) {
          case REGRESSED -> "Resolved, and back" + seen;
          case ESCALATING -> "More often than its history lets expect";
          case NEW, ONGOING, ARCHIVED, RESOLVED ->
              throw new IllegalArgumentException(
                  "nobody is told of a group that is " + turn.state());
        };
    return Json.write(json -> {
      json.writeStartObject();
      json.writeStringProperty("event_id", turn.eventId());
      json.writeStringProperty("project_id", turn.project());
      json.writeStringProperty("timestamp", Micros.format(turn.atMicros()));
      json.writeStringProperty("event_type", ErrorEvents.ISSUE_CHANGE);
      json.writeStringProperty("engine", "monitoring");
      json.writeStringProperty("severity", "high");
      json.writeStringProperty("message", what + ": " + turn.title());
      json.writeObjectPropertyStart("issue");
      json.writeStringProperty("group_id", turn.groupId());
      json.writeStringProperty("state", turn.state().jsonName());
      json.writeStringProperty("title", turn.title());
      text(json, "type", turn.type());
      text(json, "engine", turn.engine());
      text(json, "platform", turn.platform());
      text(json, "action", turn.action());
      text(json, "version", turn.version());
      json.writeEndObject();
      json.writeEndObject();
    });
  }

  private static void text(JsonGenerator json, String name, String value) {
    if (!value.isEmpty()) {
      json.writeStringProperty(name, value);
    }
  }

  /** The event that carries a change. */
  static byte[] event(String project, String eventType, ChangeRequest change) {
    return Json.write(json -> {
      json.writeStartObject();
      json.writeStringProperty("project_id", project);
      json.writeStringProperty("event_type", eventType);
      optional(json, "user_id", change.actor());
      optional(json, "message", change.comment());
      json.writeObjectPropertyStart("issue");
      change.members().forEach(json::writeStringProperty);
      json.writeEndObject();
      json.writeEndObject();
    });
  }
}
