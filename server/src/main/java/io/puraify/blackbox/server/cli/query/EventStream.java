package io.puraify.blackbox.server.cli.query;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads Server-Sent Events as the HTML standard describes them, as far as Blackbox sends them. */
final class EventStream {

  /**
   * One message.
   *
   * @param type {@code message} where none is named
   * @param id empty where it has none
   */
  record Message(String type, String id, String data) {}

  private final BufferedReader lines;

  EventStream(InputStream body) {
    this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
  }

  /** Waits for the next message; {@code null} where the stream has ended. */
  @Nullable Message next() throws IOException {
    String type = "message";
    String id = "";
    StringBuilder data = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isEmpty()) {
        if (!data.isEmpty()) {
          return new Message(type, id, data.toString());
        }
      } else if (line.startsWith("event: ")) {
        type = line.substring("event: ".length());
      } else if (line.startsWith("id: ")) {
        id = line.substring("id: ".length());
      } else if (line.startsWith("data: ")) {
        data.append(data.isEmpty() ? "" : "\n").append(line, "data: ".length(), line.length());
      }
    }
    return null;
  }
}
