package io.puraify.blackbox.engine.alerts.channel;

import io.puraify.blackbox.engine.alerts.channel.Notification.Reason;
import io.puraify.blackbox.engine.outgoing.Answer;
import io.puraify.blackbox.engine.outgoing.Answer.Outcome;
import io.puraify.blackbox.engine.outgoing.HttpPost;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Slack's {@code chat.postMessage}, as a bot: the first message of a group of alerts opens a
 * thread, and what follows answers in it until the group is over.
 */
public final class SlackBotChannel implements Channel {

  public static final URI URL = URI.create("https://slack.com/api/chat.postMessage");

  /** What Slack says where it may work later; everything else will not. */
  private static final Set<String> FOR_NOW =
      Set.of(
          "ratelimited",
          "rate_limited",
          "internal_error",
          "fatal_error",
          "service_unavailable",
          "request_timeout");

  /** The message is gone that was to be answered. */
  private static final Set<String> NO_THREAD =
      Set.of(
          "thread_not_found", "invalid_thread_ts", "message_not_found", "cannot_reply_to_message");

  private final HttpPost http;
  private final URI url;
  private final String token;
  private final String conversation;
  private final Threads threads;

  /**
   * @param url usually {@link #URL}
   * @param token of the bot, with the scope {@code chat:write}
   * @param conversation the id or the name of a Slack channel
   */
  public SlackBotChannel(
      HttpPost http, URI url, String token, String conversation, Threads threads) {
    this.http = http;
    this.url = url;
    this.token = token;
    this.conversation = conversation;
    this.threads = threads;
  }

  @Override
  public String kind() {
    return "slack";
  }

  @Override
  public Answer deliver(Notification notification) throws InterruptedException {
    boolean alone = notification.reason() == Reason.TEST;
    Optional<String> thread = alone ? Optional.empty() : threads.find(notification);
    HttpPost.Reply reply =
        http.send(
            url,
            NotificationJson.bytes(message(notification, thread)),
            Map.of("Authorization", "Bearer " + token, "Idempotency-Key", notification.id()));
    Answer answer = reply.answer();
    if (answer.outcome() != Outcome.DELIVERED) {
      return answer;
    }
    JsonNode said = json(reply.body());
    if (!said.path("ok").asBoolean(false)) {
      return refused(notification, thread.isPresent(), said, answer);
    }
    if (!alone) {
      keep(notification, thread.isPresent(), said.path("ts").asString(""));
    }
    return answer;
  }

  private ObjectNode message(Notification it, Optional<String> thread) {
    ObjectNode message = SlackChannel.message(it);
    message.put("channel", conversation);
    ObjectNode metadata = message.putObject("metadata");
    metadata.put("event_type", "blackbox_notification");
    metadata.putObject("event_payload").put("notification_id", it.id());
    thread.ifPresent(ts -> {
      message.put("thread_ts", ts);
      // Nobody has answered in the thread; so the channel sees it as well.
      message.put("reply_broadcast", it.reason() == Reason.ESCALATED);
    });
    return message;
  }

  private void keep(Notification notification, boolean answers, String ts) {
    if (notification.isResolved()) {
      threads.end(notification);
    } else if (!answers && !ts.isEmpty()) {
      threads.open(notification, ts);
    }
  }

  /** Slack says with 200 what went wrong. */
  private Answer refused(Notification notification, boolean answers, JsonNode said, Answer answer) {
    String error = said.path("error").asString("");
    if (answers && NO_THREAD.contains(error)) {
      threads.end(notification);
      return Answer.retry(answer.text());
    }
    // Without an error it broke off before it said what has become of the message.
    return error.isEmpty() || FOR_NOW.contains(error)
        ? new Answer(Outcome.RETRY, answer.text(), answer.retryAfter())
        : Answer.refused(answer.text());
  }

  private static JsonNode json(String text) {
    try {
      return JsonMapper.shared().readTree(text);
    } catch (JacksonException e) {
      return MissingNode.getInstance();
    }
  }
}
