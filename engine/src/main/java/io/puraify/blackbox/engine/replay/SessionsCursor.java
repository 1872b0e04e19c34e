package io.puraify.blackbox.engine.replay;

import io.puraify.blackbox.core.Table;
import io.puraify.blackbox.core.TimeRange;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Where a page of sessions ends, as clients carry it, opaque to them. It holds the time range up to
 * the moment of the first page, so that what comes since moves no session from one page to another.
 *
 * @param seen how many sessions there were up to there
 * @param newestMicros time of the newest matching event of the last of them, in microseconds since
 *     the epoch
 * @param last which session that is
 * @param request a checksum of the parameters that the first page was asked for with
 */
record SessionsCursor(TimeRange range, int seen, long newestMicros, SessionId last, int request) {

  private static final byte FORMAT = 1;
  private static final int HEAD = 1 + 3 * Long.BYTES + 3 * Integer.BYTES;

  String encode() {
    byte[] project = last.projectId().getBytes(StandardCharsets.UTF_8);
    byte[] id = last.id().getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(HEAD + project.length + id.length + Integer.BYTES);
    bytes.put(FORMAT);
    bytes.putLong(range.fromMicros()).putLong(range.toMicros()).putLong(newestMicros);
    bytes.putInt(seen).putInt(request).putInt(project.length);
    bytes.put(project).put(id);
    bytes.putInt(checksum(bytes));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /** Reads what {@link #encode} wrote, or nothing where the text is something else. */
  static Optional<SessionsCursor> decode(String text) {
    ByteBuffer bytes;
    try {
      bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    int content = bytes.limit() - Integer.BYTES;
    if (content < HEAD || bytes.get(0) != FORMAT) {
      return Optional.empty();
    }
    if (checksum(bytes.duplicate().position(content)) != bytes.getInt(content)) {
      return Optional.empty();
    }
    // What has its checksum was written by this class.
    bytes.position(1).limit(content);
    TimeRange range = new TimeRange(bytes.getLong(), bytes.getLong());
    long newest = bytes.getLong();
    int seen = bytes.getInt();
    int request = bytes.getInt();
    String project = text(bytes, bytes.getInt());
    SessionId last = new SessionId(project, text(bytes, bytes.remaining()));
    return Optional.of(new SessionsCursor(range, seen, newest, last, request));
  }

  private static String text(ByteBuffer bytes, int length) {
    byte[] text = new byte[length];
    bytes.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  /** Of all that is before the buffer's position. */
  private static int checksum(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate().flip());
    return (int) crc.getValue();
  }

  /**
   * How many rows are of pages before. Where the last session is gone, or events that came late
   * have moved it, those as new as it are shown again rather than never.
   */
  int before(List<Table.Row> rows) {
    for (int i = 0; i < rows.size(); i++) {
      long newest = SessionsRequest.newestMicros(rows.get(i));
      if (newest == newestMicros && SessionFigures.session(rows.get(i)).equals(last)) {
        return i + 1;
      }
    }
    int before = 0;
    while (before < rows.size() && SessionsRequest.newestMicros(rows.get(before)) > newestMicros) {
      before++;
    }
    return before;
  }
}
