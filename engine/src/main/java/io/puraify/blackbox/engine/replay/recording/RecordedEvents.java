package io.puraify.blackbox.engine.replay.recording;

import io.puraify.blackbox.core.Problem;
import io.puraify.blackbox.core.ProblemException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rrweb events of a chunk, found to be such.
 *
 * @param events each an object with {@code type} and {@code timestamp}; not empty
 * @param firstMicros the earliest of their times, in microseconds since the epoch
 * @param lastMicros the latest
 * @param outline the same for the same body alone, but for chance
 */
record RecordedEvents(ArrayNode events, long firstMicros, long lastMicros, long outline) {

  /** Two levels for each element of a page that is nested in another, and some pages are deep. */
  private static final int MOST_NESTED = 2_000;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MOST_NESTED).build())
                  .streamWriteConstraints(
                      StreamWriteConstraints.builder().maxNestingDepth(MOST_NESTED).build())
                  .build())
          .build();

  /** From {@code DomContentLoaded} to {@code Plugin}. */
  private static final int LAST_TYPE = 6;

  /** As for events: from 2000 on, in milliseconds. */
  private static final double FIRST_MILLIS = 946_684_800_000.0;

  /** The year 9999; what lies behind is no time in milliseconds. */
  private static final double LAST_MILLIS = 253_402_300_799_999.0;

  /**
   * Reads a chunk.
   *
   * @throws ProblemException where it is no JSON array of rrweb events
   */
  static RecordedEvents parse(byte[] body) {
    JsonNode json;
    try {
      json = MAPPER.readTree(body);
    } catch (JacksonException e) {
      throw refused("It is no JSON: " + e.getOriginalMessage(), List.of());
    }
    if (!(json instanceof ArrayNode events) || events.isEmpty()) {
      throw refused("A JSON array of one or more rrweb events was expected", List.of());
    }
    double first = LAST_MILLIS;
    double last = FIRST_MILLIS;
    for (int i = 0; i < events.size(); i++) {
      double millis = timestamp(events.get(i), i);
      first = Math.min(first, millis);
      last = Math.max(last, millis);
    }
    return new RecordedEvents(
        events, (long) (first * 1_000), (long) (last * 1_000), outline(events, body.length));
  }

  /**
   * A checksum of the length and of each event's type and time, which two pages do not share. A
   * hash of all would tell what is masked to whoever tries out what it could have been.
   */
  private static long outline(ArrayNode events, int bytes) {
    CRC32C crc = new CRC32C();
    ByteBuffer part = ByteBuffer.allocate(Long.BYTES + Double.BYTES);
    crc.update(part.putLong(bytes).flip());
    for (JsonNode event : events) {
      part.clear();
      part.putLong(event.path("type").asInt());
      crc.update(part.putDouble(event.path("timestamp").asDouble()).flip());
    }
    return crc.getValue();
  }

  private static double timestamp(JsonNode event, int index) {
    if (!(event instanceof ObjectNode)) {
      throw wrong(index, "", "an rrweb event, which is an object, was expected");
    }
    int type = event.path("type").asInt(-1);
    if (!event.path("type").isInt() || type < 0 || type > LAST_TYPE) {
      throw wrong(index, "/type", "a number from 0 to %d was expected".formatted(LAST_TYPE));
    }
    double millis = event.path("timestamp").asDouble(-1);
    if (!event.path("timestamp").isNumber() || millis < FIRST_MILLIS || millis > LAST_MILLIS) {
      throw wrong(
          index, "/timestamp", "milliseconds since 1970 of a time from 2000 on were expected");
    }
    return millis;
  }

  /** The events as a JSON array. */
  byte[] toJson() {
    return MAPPER.writeValueAsBytes(events);
  }

  private static ProblemException wrong(int index, String pointer, String detail) {
    return refused(
        "Event %,d is no rrweb event".formatted(index),
        List.of(new Problem.Item((long) index, pointer, detail)));
  }

  private static ProblemException refused(String detail, List<Problem.Item> items) {
    return new ProblemException(
        new Problem(400, "invalid-recording", "The chunk cannot be understood", detail, items));
  }
}
