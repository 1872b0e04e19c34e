package io.puraify.blackbox.server.cli.ingest;

import io.puraify.blackbox.server.cli.http.HttpAnswer;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * What the server made of a slice.
 *
 * @param accepted events that are safe, repeats of earlier ones included
 * @param duplicates how many of them were repeats
 * @param rejectedTotal how many others there were, where the answer says so
 * @param rejected the first of those
 */
record IngestAnswer(
    long accepted, long duplicates, OptionalLong rejectedTotal, List<Item> rejected) {

  /** Nothing at all, as the answer to a slice of empty lines. */
  static final IngestAnswer NOTHING = new IngestAnswer(0, 0, OptionalLong.of(0), List.of());

  /**
   * An event that was not accepted.
   *
   * @param index in the slice, from 0
   * @param pointer to what is wrong in it; empty for the whole
   * @param reason what was found and what was expected
   */
  record Item(long index, String pointer, String reason) {}

  /** Reads an answer that says what was accepted. */
  static IngestAnswer ofAccepted(HttpAnswer answer) {
    JsonNode json = answer.json();
    List<Item> items = items(json.path("rejected"));
    return new IngestAnswer(
        json.path("accepted").asLong(0),
        json.path("duplicates").asLong(0),
        OptionalLong.of(json.path("rejected_total").asLong(items.size())),
        items);
  }

  /** Reads a problem that says for each event why it was not accepted. */
  static IngestAnswer ofRejected(HttpAnswer answer) {
    return new IngestAnswer(0, 0, OptionalLong.empty(), items(answer.json().path("errors")));
  }

  private static List<Item> items(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(IngestAnswer::item).toList();
  }

  private static Item item(JsonNode json) {
    String reason = json.path("reason").asString("");
    String detail = json.path("detail").asString("");
    return new Item(
        json.path("index").asLong(0),
        json.path("pointer").asString(""),
        detail.isEmpty() ? reason : detail);
  }
}
