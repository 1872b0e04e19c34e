package io.puraify.blackbox.e2e.alertmanager;

import io.puraify.blackbox.e2e.alertmanager.Cases.Case;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What makes one Alertmanager do what all cases want, each of its own alerts. */
final class AlertmanagerConfiguration {

  private static final String RECEIVER = "receiver";

  private final Cases cases;

  AlertmanagerConfiguration(Cases cases) {
    this.cases = cases;
  }

  ObjectNode of(List<Case> tried, String hook) {
    ObjectNode configuration = JsonNodeFactory.instance.objectNode();
    configuration
        .putArray("receivers")
        .addObject()
        .put("name", RECEIVER)
        .putArray("webhook_configs")
        .addObject()
        .put("url", hook)
        .put("send_resolved", true);
    ArrayNode routes =
        configuration.putObject("route").put("receiver", RECEIVER).putArray("routes");
    ArrayNode rules = configuration.putArray("inhibit_rules");
    for (Case each : tried) {
      route(routes.addObject(), each);
      each.json().path("inhibit").forEach(rule -> inhibit(rules.addObject(), each, rule));
    }
    return configuration;
  }

  private void route(ObjectNode route, Case it) {
    route.putArray("matchers").add(only(it));
    route.set("group_by", cases.setting(it, "group_by"));
    for (String name : List.of("group_wait", "group_interval", "repeat_interval")) {
      route.put(name, cases.setting(it, name).asInt() * Alertmanager.UNIT_MILLIS + "ms");
    }
    ArrayNode apart = route.putArray("routes");
    it.groups()
        .values()
        .forEach(policies ->
            apart
                .addObject()
                .putArray("matchers")
                .add("policy=~\"" + String.join("|", policies) + '"'));
  }

  private static void inhibit(ObjectNode rule, Case it, JsonNode wanted) {
    rule.putArray("target_matchers")
        .add("policy=\"" + wanted.path("target").asString() + '"')
        .add(only(it));
    ArrayNode source = rule.putArray("source_matchers").add(only(it));
    wanted
        .path("source")
        .forEach(each -> source.add(each.asString().replaceFirst("(=~|!~|!=|=)(.*)$", "$1\"$2\"")));
    rule.set("equal", wanted.path("equal"));
  }

  private static String only(Case it) {
    return "case=\"" + it.number() + '"';
  }
}
