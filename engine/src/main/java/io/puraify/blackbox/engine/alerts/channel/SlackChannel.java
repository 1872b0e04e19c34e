package io.puraify.blackbox.engine.alerts.channel;

import io.puraify.blackbox.engine.outgoing.Answer;
import io.puraify.blackbox.engine.outgoing.HttpPost;
import java.net.URI;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A Slack incoming webhook, with Block Kit. */
public final class SlackChannel implements Channel {

  /** Slack refuses longer texts of a section. */
  private static final int SECTION = 3_000;

  /** Slack refuses longer headers. */
  private static final int HEADER = 150;

  /** Each is a section, of which Slack takes 50 in a message. */
  private static final int MOST_ALERTS = 10;

  private final HttpPost http;
  private final URI url;

  public SlackChannel(HttpPost http, URI url) {
    this.http = http;
    this.url = url;
  }

  @Override
  public String kind() {
    return "slack";
  }

  @Override
  public Answer deliver(Notification notification) throws InterruptedException {
    return http.post(
        url,
        NotificationJson.bytes(message(notification)),
        Map.of("Idempotency-Key", notification.id()));
  }

  static ObjectNode message(Notification it) {
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    String state = it.isResolved() ? "Resolved" : it.severity().jsonName();
    message.put("text", cut("[%s] %s".formatted(state, escape(it.title())), SECTION));
    ArrayNode blocks = message.putArray("blocks");
    ObjectNode header = blocks.addObject().put("type", "header");
    header
        .putObject("text")
        .put("type", "plain_text")
        .put("text", cut("[%s] %s".formatted(state, it.title()), HEADER));
    it.alerts().stream().limit(MOST_ALERTS).forEach(each -> section(blocks, text(each)));
    int more = it.firing() + it.resolved() - Math.min(MOST_ALERTS, it.alerts().size());
    ObjectNode context = blocks.addObject().put("type", "context");
    context
        .putArray("elements")
        .addObject()
        .put("type", "mrkdwn")
        .put(
            "text",
            "%,d events · %,d firing, %,d resolved%s · %s"
                .formatted(
                    it.events(),
                    it.firing(),
                    it.resolved(),
                    more > 0 ? ", %,d not shown".formatted(more) : "",
                    it.id()));
    return message;
  }

  private static void section(ArrayNode blocks, String text) {
    blocks
        .addObject()
        .put("type", "section")
        .putObject("text")
        .put("type", "mrkdwn")
        .put("text", cut(text, SECTION));
  }

  private static String text(Notification.Item it) {
    String runbook = it.runbook().isEmpty() ? "" : "\n<%s|Runbook>".formatted(escape(it.runbook()));
    return "*%s* %s%s\n%s\n%,d events%s"
        .formatted(
            it.isResolved() ? "resolved" : it.severity().jsonName(),
            escape(it.title()),
            it.flapping() ? " (flapping)" : "",
            escape(cut(it.message(), 1_500)),
            it.events(),
            runbook);
  }

  /** The three characters that mean something to Slack. */
  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }
}
