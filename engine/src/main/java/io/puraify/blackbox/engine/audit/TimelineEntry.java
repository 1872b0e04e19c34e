package io.puraify.blackbox.engine.audit;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An event as an auditor reads it: who did what, when, from where, and with what result.
 *
 * @param who the user, or else what triggered it, or {@code null}
 * @param what the action or else the type, with the platform and the flow that it was done to
 * @param where the address that it came from, or else the host, or {@code null}
 * @param result the status with the error's type, or {@code null}
 * @param mark what kind of deed it is
 * @param changes what it has changed, at most {@value AttributeChanges#MOST}
 * @param changeCount how many that were in all
 */
public record TimelineEntry(
    Event event,
    @Nullable String who,
    String what,
    @Nullable String where,
    @Nullable String result,
    Optional<AuditMark> mark,
    List<AttributeChange> changes,
    long changeCount) {

  private static final List<FieldRef> ADDRESSES =
      Stream.of("ip", "ip_address", "client_ip", "remote_address", "source_ip")
          .<FieldRef>map(FieldRef.Attribute::new)
          .toList();

  /** What an event says. */
  public static TimelineEntry of(Event event) {
    AttributeChanges.Result changes = AttributeChanges.of(event.given(Field.ATTRIBUTES));
    return new TimelineEntry(
        event,
        first(event, Field.USER_ID, Field.TRIGGERED_BY),
        what(event),
        where(event),
        result(event),
        AuditMark.of(event),
        changes.shown(),
        changes.count());
  }

  private static @Nullable String first(Event event, Field... fields) {
    for (Field field : fields) {
      String text = event.given(field);
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  private static String what(Event event) {
    String deed = first(event, Field.ACTION, Field.EVENT_TYPE, Field.TYPE);
    StringBuilder what = new StringBuilder(deed == null ? "event" : deed);
    append(what, " on ", event.given(Field.PLATFORM));
    append(what, " in flow ", event.given(Field.FLOW_ID));
    return what.toString();
  }

  private static void append(StringBuilder text, String before, @Nullable String value) {
    if (value != null) {
      text.append(before).append(value);
    }
  }

  private static @Nullable String where(Event event) {
    for (FieldRef address : ADDRESSES) {
      String text = event.text(address);
      if (text != null) {
        return text;
      }
    }
    return event.given(Field.HOST);
  }

  private static @Nullable String result(Event event) {
    String status = event.given(Field.STATUS);
    String errorType = event.given(Field.ERROR_TYPE);
    if (status == null || errorType == null) {
      return status == null ? errorType : status;
    }
    return status + ": " + errorType;
  }
}
