package io.puraify.blackbox.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/** Reads the made-up events of a file, of each only what is counted. */
final class EventLines {

  private static final JsonMapper JSON = JsonMapper.shared();

  /** What is counted of an event; empty where it has none. */
  record Event(String status, String userId, String errorType, String message, String stackTrace) {}

  private EventLines() {}

  /** Hands out the first so many events, in their order. */
  static void read(Path file, long events, Consumer<Event> to) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      String line = lines.readLine();
      for (long i = 0; i < events && line != null; i++) {
        to.accept(event(line));
        line = lines.readLine();
      }
    }
  }

  private static Event event(String line) {
    String status = "";
    String userId = "";
    String errorType = "";
    String message = "";
    String stackTrace = "";
    try (JsonParser parser = JSON.createParser(line)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "status" -> status = parser.getString();
          case "user_id" -> userId = parser.getString();
          case "error_type" -> errorType = parser.getString();
          case "message" -> message = parser.getString();
          case "stack_trace" -> stackTrace = parser.getString();
          default -> parser.skipChildren();
        }
      }
    }
    return new Event(status, userId, errorType, message, stackTrace);
  }
}
