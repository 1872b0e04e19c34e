package io.puraify.blackbox.e2e;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** NDJSON that is made up while it is read, so that a long body needs no memory here, either. */
final class EventStream extends InputStream {

  private static final int CHUNK_BYTES = 256 << 10;

  /** 2025-07-25T14:01:00Z. */
  private static final long FIRST_MILLIS = 1_753_452_060_000L;

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
    return Long.toHexString((number + 1) * 0x9e3779b97f4a7c15L);
  }

  static String userId(long number) {
    return "user_" + number % 5_000;
  }

  /** Appends a line; formatting it would take longer than to record it. */
  private static void append(StringBuilder lines, long number) {
    lines
        .append("{\"project_id\":\"pf_large\",\"event_type\":\"execution\",\"platform\":\"Slack\",")
        .append("\"action\":\"send_message\",\"status\":\"success\",\"duration_ms\":")
        .append(number % 1_000)
        .append(",\"user_id\":\"")
        .append(userId(number))
        .append("\",\"session_id\":\"session_")
        .append(number / 20)
        .append("\",\"trace_id\":\"")
        .append(traceId(number))
        .append("\",\"timestamp\":")
        .append(FIRST_MILLIS + number)
        .append(",\"message\":\"Posted the summary of order ")
        .append(number)
        .append(" to the channel of the team, and told the three people who had asked for it")
        .append(" that it is there, and where to find the orders of the last two weeks\"}\n");
  }

  private void fill() {
    StringBuilder lines = new StringBuilder();
    while (lines.length() < CHUNK_BYTES && begun + lines.length() < length) {
      append(lines, events++);
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
