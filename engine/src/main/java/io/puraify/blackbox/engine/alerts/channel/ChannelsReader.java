package io.puraify.blackbox.engine.alerts.channel;

import io.puraify.blackbox.core.Problem;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.engine.outgoing.HttpPost;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads which channels there are: an object with, for each name, its {@code kind} and what the kind
 * needs. A secret may be in a file of its own, {@code url_file} for {@code url}.
 */
public final class ChannelsReader {

  private static final Set<String> MEMBERS =
      Set.of(
          "kind",
          "url",
          "url_file",
          "secret",
          "secret_file",
          "routing_key",
          "routing_key_file",
          "bot_token",
          "bot_token_file",
          "channel",
          "host",
          "port",
          "security",
          "user",
          "password",
          "password_file",
          "from",
          "to");

  private final HttpPost http;
  private final Threads threads;
  private final List<Problem.Item> errors = new ArrayList<>();

  private ChannelsReader(HttpPost http, Threads threads) {
    this.http = http;
    this.threads = threads;
  }

  /**
   * Reads channels.
   *
   * @param threads of channels that have them
   * @throws ProblemException with a JSON pointer for each place that is wrong
   */
  public static Map<String, Channel> read(JsonNode document, HttpPost http, Threads threads) {
    ChannelsReader reader = new ChannelsReader(http, threads);
    Map<String, Channel> channels = new TreeMap<>();
    document
        .path("channels")
        .properties()
        .forEach(each ->
            channels.put(
                each.getKey(), reader.channel("/channels/" + each.getKey(), each.getValue())));
    if (channels.isEmpty()) {
      reader.error("/channels", "an object with a channel for each name was expected");
    }
    if (channels.containsKey("ui")) {
      reader.error("/channels/ui", "the channel of this name is built in");
    }
    if (!reader.errors.isEmpty()) {
      throw new ProblemException(
          new Problem(
              400,
              "invalid-channels",
              "The channels cannot be used",
              String.join(
                  "; ", reader.errors.stream().map(e -> e.pointer() + ": " + e.detail()).toList()),
              reader.errors));
    }
    return channels;
  }

  private void error(String pointer, String detail) {
    errors.add(new Problem.Item(null, pointer, detail));
  }

  private Channel channel(String pointer, JsonNode node) {
    for (String name : node.propertyNames()) {
      if (!MEMBERS.contains(name)) {
        error(pointer + "/" + name, "there is no such member");
      }
    }
    String kind = node.path("kind").asString("");
    return switch (kind) {
      case "slack" -> slack(pointer, node);
      case "email" -> new EmailChannel(email(pointer, node), http.guard(), http.timeout());
      case "webhook", "feedback_loop" ->
          new WebhookChannel(http, kind, url(pointer, node, null), text(pointer, node, "secret"));
      case "alertmanager" -> new AlertmanagerChannel(http, url(pointer, node, null));
      case "pagerduty" -> {
        String key = text(pointer, node, "routing_key");
        if (key.isEmpty()) {
          error(pointer + "/routing_key", "the integration's key was expected");
        }
        yield new PagerDutyChannel(http, url(pointer, node, PagerDutyChannel.URL), key);
      }
      default -> {
        error(
            pointer + "/kind",
            "one of slack, email, webhook, feedback_loop, alertmanager and pagerduty was expected");
        yield new SlackChannel(http, PagerDutyChannel.URL);
      }
    };
  }

  private Channel slack(String pointer, JsonNode node) {
    if (!node.has("bot_token") && !node.has("bot_token_file")) {
      if (node.has("channel")) {
        error(pointer + "/channel", "it goes with bot_token; a webhook has a channel of its own");
      }
      return new SlackChannel(http, url(pointer, node, null));
    }
    String token = text(pointer, node, "bot_token");
    if (!token.matches("[\\x21-\\x7e]+")) {
      error(pointer + "/bot_token", "the bot's token was expected");
    }
    String conversation = node.path("channel").asString("");
    if (conversation.isBlank()) {
      error(pointer + "/channel", "the id of a Slack channel was expected");
    }
    URI url = url(pointer, node, SlackBotChannel.URL);
    return new SlackBotChannel(http, url, token, conversation, threads);
  }

  private EmailOptions email(String pointer, JsonNode node) {
    String security = node.path("security").asString("starttls");
    if (!Set.of("starttls", "implicit", "none").contains(security)) {
      error(pointer + "/security", "one of starttls, implicit and none was expected");
      security = "none";
    }
    String host = node.path("host").asString("");
    if (host.isBlank()) {
      error(pointer + "/host", "the name of an SMTP server was expected");
    }
    int port = node.path("port").asInt(security.equals("implicit") ? 465 : 587);
    if (port < 1 || port > 65_535) {
      error(pointer + "/port", "a port from 1 to 65535 was expected");
    }
    JsonNode to = node.path("to");
    List<String> recipients =
        to.isArray()
            ? to.valueStream().map(each -> each.asString("")).toList()
            : List.of(to.asString(""));
    String from = node.path("from").asString("");
    address(pointer + "/from", from);
    recipients.forEach(each -> address(pointer + "/to", each));
    if (recipients.isEmpty()) {
      error(pointer + "/to", "an address, or an array of such, was expected");
    }
    return new EmailOptions(
        host,
        port,
        EmailOptions.Security.valueOf(security.toUpperCase(Locale.ROOT)),
        node.path("user").asString(""),
        text(pointer, node, "password"),
        from,
        recipients);
  }

  private void address(String pointer, String address) {
    try {
      new InternetAddress(address, true).validate();
    } catch (AddressException e) {
      error(pointer, "'%s' is no e-mail address: %s".formatted(address, e.getMessage()));
    }
  }

  private URI url(String pointer, JsonNode node, @Nullable URI otherwise) {
    String text = text(pointer, node, "url");
    if (text.isEmpty() && otherwise != null) {
      return otherwise;
    }
    if (text.matches("https?://[^\\s/]+.*")) {
      try {
        return URI.create(text);
      } catch (IllegalArgumentException e) {
        error(pointer + "/url", "an http or https URL was expected");
        return PagerDutyChannel.URL;
      }
    }
    error(pointer + "/url", "an http or https URL was expected");
    return PagerDutyChannel.URL;
  }

  private String text(String pointer, JsonNode node, String name) {
    String file = node.path(name + "_file").asString("");
    if (file.isEmpty()) {
      return node.path(name).asString("");
    }
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException | InvalidPathException e) {
      error(
          pointer + "/" + name + "_file", "%s cannot be read: %s".formatted(file, e.getMessage()));
      return "";
    }
  }
}
