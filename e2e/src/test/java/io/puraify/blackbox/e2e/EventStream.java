package io.puraify.blackbox.e2e;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** NDJSON that is made up while it is read, so that a long body needs no memory here, either. */
final class EventStream extends InputStream {

  /** Lines are made by the thousand: one at a time would take longer than to record it. */
  private static final int LINES = 1_000;

  private final long length;
  private long begun;
  private long events;
  private byte[] chunk = {};
  private int at;

  /** A stream that ends with the first event at or behind a length, in bytes. */
  EventStream(long length) {
    this.length = length;
  }

  /** How many events have been made up. */
  long events() {
    return events;
  }

  static String traceId(long number) {
    return "%016x".formatted((number + 1) * 0x9e3779b97f4a7c15L);
  }

  static String userId(long number) {
    return "user_" + number % 5_000;
  }

  private static String line(long number) {
    return """
    {"project_id":"pf_large","event_type":"execution","engine":"execution","platform":"Slack",\
    "action":"send_message","status":"success","duration_ms":%d,"user_id":"%s","trace_id":"%s",\
    "timestamp":%d,"session_id":"session_%d","message":"Posted the summary of order %d to the channel of the team,\
         and told the three people who had asked for it that it is there"}
    """
        .formatted(
            number % 1_000,
            userId(number),
            traceId(number),
            1_753_452_060_000L + number,
            number / 20,
            number);
  }

  private void fill() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < LINES && begun + lines.length() < length; i++) {
      lines.append(line(events++));
    }
    begun += lines.length();
    chunk = lines.toString().getBytes(StandardCharsets.US_ASCII);
    at = 0;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int count) {
    if (at == chunk.length) {
      fill();
    }
    if (chunk.length == 0) {
      return -1;
    }
    int taken = Math.min(count, chunk.length - at);
    System.arraycopy(chunk, at, into, from, taken);
    at += taken;
    return taken;
  }
}
