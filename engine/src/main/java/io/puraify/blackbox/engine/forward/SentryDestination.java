package io.puraify.blackbox.engine.forward;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Severity;
import io.puraify.blackbox.engine.outgoing.HttpPost;
import java.io.ByteArrayOutputStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sentry's envelopes, one event in each, as its protocol wants it. Sentry knows an event by its
 * {@code event_id} and keeps it once.
 */
public final class SentryDestination implements Destination {

  /** What Sentry takes: events of 1 MiB. */
  private static final long MOST_ITEM_BYTES = 1_000_000;

  /**
   * An envelope has room for one event, so that several are under way at once: at 100 ms for an
   * answer 80 events a second, which is what its quotas are made for.
   */
  private static final Capacity CAPACITY = new Capacity(1, MOST_ITEM_BYTES + 4_096, 8);

  /** Sentry cuts longer ones. */
  private static final int MOST_MESSAGE = 8_192;

  private static final int MOST_TAG = 200;

  private static final List<Field> TAGS =
      List.of(
          Field.PROJECT_ID,
          Field.EVENT_TYPE,
          Field.TYPE,
          Field.ENGINE,
          Field.PLATFORM,
          Field.ACTION,
          Field.STATUS,
          Field.ERROR_TYPE,
          Field.FLOW_ID,
          Field.STEP_ID,
          Field.TRIGGERED_BY);

  private static final Set<Field> ELSEWHERE =
      EnumSet.of(
          Field.TIMESTAMP,
          Field.SEVERITY,
          Field.MESSAGE,
          Field.USER_ID,
          Field.ENVIRONMENT,
          Field.VERSION,
          Field.HOST);

  static {
    ELSEWHERE.addAll(TAGS);
  }

  private final HttpPost http;
  private final SentryDsn dsn;

  SentryDestination(HttpPost http, SentryDsn dsn) {
    this.http = http;
    this.dsn = dsn;
  }

  @Override
  public String kind() {
    return "sentry";
  }

  @Override
  public Capacity capacity() {
    return CAPACITY;
  }

  /**
   * The id under which Sentry knows an event: its own where that is a UUID, as one that was
   * assigned is, and else one that follows from its project and its own.
   */
  static String id(Event event) {
    String own = event.eventId();
    String digits = own.replace("-", "").toLowerCase(Locale.ROOT);
    if (own.matches("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}|[0-9A-Fa-f]{32}")) {
      return digits;
    }
    byte[] name = EventMembers.utf8(event.projectId() + "\n" + own);
    return UUID.nameUUIDFromBytes(name).toString().replace("-", "");
  }

  @Override
  public byte[] item(Event event) {
    byte[] body = EventMembers.bytes(without -> body(event, without), MOST_ITEM_BYTES);
    ByteArrayOutputStream envelope = new ByteArrayOutputStream(body.length + 128);
    envelope.writeBytes(EventMembers.utf8("{\"event_id\":\"%s\"}\n".formatted(id(event))));
    envelope.writeBytes(
        EventMembers.utf8(
            "{\"type\":\"event\",\"content_type\":\"application/json\",\"length\":%d}\n"
                .formatted(body.length)));
    envelope.writeBytes(body);
    envelope.write('\n');
    return envelope.toByteArray();
  }

  private static ObjectNode body(Event event, Set<Field> without) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("event_id", id(event));
    EventMembers.put(body, "timestamp", event.text(Field.TIMESTAMP));
    body.put("platform", "other");
    body.put("level", level(event.text(Field.SEVERITY)));
    EventMembers.put(body, "logger", event.text(Field.ENGINE));
    EventMembers.put(body, "server_name", event.text(Field.HOST));
    EventMembers.put(body, "release", event.text(Field.VERSION));
    EventMembers.put(body, "environment", event.text(Field.ENVIRONMENT));
    String message = cut(EventMembers.message(event), MOST_MESSAGE);
    String type = event.text(Field.ERROR_TYPE);
    if (type == null) {
      body.putObject("logentry").put("formatted", message);
    } else {
      body.putObject("exception")
          .putArray("values")
          .addObject()
          .put("type", type)
          .put("value", message);
    }
    String user = event.text(Field.USER_ID);
    if (user != null) {
      body.putObject("user").put("id", user);
    }
    ObjectNode tags = body.putObject("tags");
    for (Field field : TAGS) {
      String value = event.text(field);
      if (value != null) {
        tags.put(field.jsonName(), cut(value, MOST_TAG));
      }
    }
    trace(body, event);
    Set<Field> left = EnumSet.copyOf(ELSEWHERE);
    left.addAll(without);
    EventMembers.put(body.putObject("extra"), event, left);
    return body;
  }

  /** Sentry refuses contexts whose ids are not in the form of OpenTelemetry. */
  private static void trace(ObjectNode body, Event event) {
    String trace = event.text(Field.TRACE_ID);
    String span = event.text(Field.SPAN_ID);
    if (trace != null
        && span != null
        && trace.matches("[0-9a-f]{32}")
        && span.matches("[0-9a-f]{16}")) {
      body.putObject("contexts").putObject("trace").put("trace_id", trace).put("span_id", span);
    }
  }

  private static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    // Not between the two halves of a character.
    return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
  }

  /** Sentry's name of a severity; without one, an event is of no concern. */
  private static String level(@Nullable String severity) {
    if (severity == null) {
      return "info";
    }
    return switch (Severity.valueOf(severity.toUpperCase(Locale.ROOT))) {
      case CRITICAL -> "fatal";
      case HIGH -> "error";
      case MEDIUM -> "warning";
      case LOW, INFO -> "info";
      case DEBUG -> "debug";
    };
  }

  @Override
  public HttpPost.Reply send(List<byte[]> items) throws InterruptedException {
    return Masking.of(
        http.send(
            dsn.url(),
            EventMembers.gzip(items.getFirst()),
            Map.of(
                "Content-Type",
                "application/x-sentry-envelope",
                "Content-Encoding",
                "gzip",
                "X-Sentry-Auth",
                "Sentry sentry_version=7, sentry_client=blackbox/1, sentry_key=" + dsn.key())),
        dsn.key());
  }
}
