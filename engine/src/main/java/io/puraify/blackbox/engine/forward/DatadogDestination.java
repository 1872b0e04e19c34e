package io.puraify.blackbox.engine.forward;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Severity;
import io.puraify.blackbox.engine.outgoing.HttpPost;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Datadog's logs intake, version 2: {@code POST /api/v2/logs}, an array of logs. Datadog keeps
 * repeats; {@code blackbox.event_id} tells them.
 */
public final class DatadogDestination implements Destination {

  /** The site of those who have not chosen another one. */
  public static final String SITE = "datadoghq.com";

  /** What the intake takes: 1,000 logs, 5 MB before compression, each 1 MB. */
  private static final int MOST_ITEMS = 1_000;

  private static final long MOST_BYTES = 5_000_000;
  private static final long MOST_ITEM_BYTES = 1_000_000;

  /** Room for what is between and around the items. */
  private static final Capacity CAPACITY = new Capacity(MOST_ITEMS, MOST_BYTES - MOST_ITEMS - 2, 1);

  /** What a log has in a place of its own. */
  private static final Set<Field> ELSEWHERE = EnumSet.of(Field.MESSAGE, Field.STACK_TRACE);

  private static final List<Field> TAGS =
      List.of(Field.PROJECT_ID, Field.ENGINE, Field.PLATFORM, Field.ACTION);

  private final HttpPost http;
  private final URI url;
  private final String apiKey;

  /**
   * @param url of the intake; see {@link #url(String)}
   */
  public DatadogDestination(HttpPost http, URI url, String apiKey) {
    this.http = http;
    this.url = url;
    this.apiKey = apiKey;
  }

  /** The intake of a site, such as {@code datadoghq.eu}. */
  public static URI url(String site) {
    return URI.create("https://http-intake.logs." + site + "/api/v2/logs");
  }

  @Override
  public String kind() {
    return "datadog";
  }

  @Override
  public Capacity capacity() {
    return CAPACITY;
  }

  @Override
  public byte[] item(Event event) {
    return EventMembers.bytes(without -> log(event, without), MOST_ITEM_BYTES);
  }

  private static ObjectNode log(Event event, Set<Field> without) {
    ObjectNode log = JsonNodeFactory.instance.objectNode();
    log.put("ddsource", "blackbox");
    log.put("ddtags", tags(event));
    EventMembers.put(log, "hostname", event.text(Field.HOST));
    EventMembers.put(log, "service", event.text(Field.ENGINE));
    log.put("status", status(event.text(Field.SEVERITY)));
    log.put("timestamp", event.timestampMicros() / 1_000);
    log.put("message", EventMembers.message(event));
    String kind = event.text(Field.ERROR_TYPE);
    String stack = event.text(Field.STACK_TRACE);
    if (kind != null || stack != null) {
      ObjectNode error = log.putObject("error");
      EventMembers.put(error, "kind", kind);
      EventMembers.put(error, "stack", stack);
    }
    String user = event.text(Field.USER_ID);
    if (user != null) {
      log.putObject("usr").put("id", user);
    }
    Double millis = event.decimal(Field.DURATION_MS);
    if (millis != null) {
      // Datadog measures in nanoseconds.
      log.put("duration", Math.round(millis * 1e6));
    }
    Set<Field> left = EnumSet.copyOf(ELSEWHERE);
    left.addAll(without);
    EventMembers.put(log.putObject("blackbox"), event, left);
    return log;
  }

  private static String tags(Event event) {
    List<String> tags = new ArrayList<>();
    for (Field field : TAGS) {
      tag(tags, field.jsonName(), event.text(field));
    }
    tag(tags, "env", event.text(Field.ENVIRONMENT));
    tag(tags, "version", event.text(Field.VERSION));
    return String.join(",", tags);
  }

  private static void tag(List<String> tags, String name, @Nullable String value) {
    if (value != null) {
      // A comma would begin another tag.
      tags.add(name + ":" + value.replace(',', '_'));
    }
  }

  /** Datadog's name of a severity; without one, an event is of no concern. */
  private static String status(@Nullable String severity) {
    if (severity == null) {
      return "info";
    }
    return switch (Severity.valueOf(severity.toUpperCase(Locale.ROOT))) {
      case CRITICAL -> "critical";
      case HIGH -> "error";
      case MEDIUM -> "warning";
      case LOW -> "notice";
      case INFO -> "info";
      case DEBUG -> "debug";
    };
  }

  @Override
  public HttpPost.Reply send(List<byte[]> items) throws InterruptedException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int before = '[';
    for (byte[] item : items) {
      body.write(before);
      body.writeBytes(item);
      before = ',';
    }
    body.write(']');
    return Masking.of(
        http.send(
            url,
            EventMembers.gzip(body.toByteArray()),
            Map.of("Content-Encoding", "gzip", "DD-API-KEY", apiKey)),
        apiKey);
  }
}
