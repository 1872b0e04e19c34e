package io.puraify.blackbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A page that records itself and reports events of the same session. All of it follows from the
 * session and a number, so that what is found can be told to be whole.
 */
record RecordedPage(String session) {

  static final String PROJECT = "pf_recorded";

  /**
   * Chunks of up to about a hundred kilobytes, so that some are being stored when the server dies.
   */
  private static final int MOST_MOVES = 1_000;

  private static final long START =
      Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime())
          .minusSeconds(3_600)
          .toEpochMilli();

  private static long millis(int number) {
    return START + number * 100L;
  }

  /** What is typed by then. */
  private static String typed(int number) {
    return "a".repeat(number % 40 + 1);
  }

  /** A page with what shows text as it is, what is typed into, and the text in both. */
  private static String snapshot(String typed, long millis) {
    return """
    {"type":2,"data":{"node":{"type":0,"childNodes":[{"type":2,"tagName":"body","attributes":{},"childNodes":[\
    {"type":2,"tagName":"p","attributes":{},"childNodes":[{"type":3,"textContent":"Hello","id":4}],"id":3},\
    {"type":2,"tagName":"textarea","attributes":{},"childNodes":[{"type":3,"textContent":"%s","id":6}],"id":5}\
    ],"id":2}],"id":1}},"timestamp":%d}\
    """
        .formatted(typed, millis);
  }

  /** A paragraph is shown as long as the server knows it from the chunks before. */
  private static String change(int number, String typed, long millis) {
    return """
    {"type":3,"data":{"source":0,"texts":[{"id":4,"value":"step %d"},{"id":6,"value":"%s"}]},"timestamp":%d}\
    """
        .formatted(number, typed, millis);
  }

  private static String move(int x, int y, long millis) {
    return """
    {"type":3,"data":{"source":1,"positions":[{"x":%d,"y":%d,"id":3,"timeOffset":0}]},"timestamp":%d}\
    """
        .formatted(x, y, millis);
  }

  private String chunk(int number, String typed, long millis) {
    String snapshot = number == 0 ? snapshot(typed, millis) + "," : "";
    int moves = (session + number).hashCode() & 0xffff;
    return "["
        + snapshot
        + change(number, typed, millis)
        + IntStream.range(0, moves % MOST_MOVES)
            .mapToObj(i -> "," + move(i, number, millis))
            .collect(Collectors.joining())
        + "]";
  }

  private Answer postChunk(Client client, int number, String body) {
    return client.send(
        "POST",
        recording() + "&chunk=" + number,
        BodyPublishers.ofString(body),
        "Content-Type",
        Client.JSON);
  }

  private String recording() {
    return "/monitoring/sessions/%s/recording?project_id=%s".formatted(session, PROJECT);
  }

  /** Posts a chunk: as new where it is, and as a repeat where it is there. */
  boolean sendChunk(Client client, int number, boolean known) {
    Answer answer = postChunk(client, number, chunk(number, typed(number), millis(number)));
    if (answer.status() == 503 || answer.status() == 429) {
      return false;
    }
    assertThat(answer.status()).as(answer.text()).isEqualTo(known ? 200 : 201);
    assertThat(answer.json().path("duplicate").asBoolean()).as(answer.text()).isEqualTo(known);
    return true;
  }

  /** Posts another chunk of a number that there is, as a page that counts anew does. */
  void assertOtherChunkIsRefused(Client client, int number) {
    postChunk(client, number, chunk(number, typed(number), millis(number) + 1))
        .problem(409, "chunk-exists");
  }

  /**
   * Checks that the recording is the first so many chunks, in order, each once and to the letter.
   *
   * @return how many chunks there are
   */
  int checkChunks(Client client) {
    Answer answer = client.get(recording());
    if (answer.status() == 404) {
      return 0;
    }
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    List<String> lines = answer.text().lines().toList();
    List<String> chunks = lines.subList(1, lines.size() - 1);
    for (int i = 0; i < chunks.size(); i++) {
      String masked = chunk(i, "*".repeat(typed(i).length()), millis(i));
      assertThat(chunks.get(i))
          .isEqualTo("{\"kind\":\"chunk\",\"chunk\":%d,\"events\":%s}".formatted(i, masked));
    }
    for (String line : List.of(lines.getFirst(), lines.getLast())) {
      assertThat(JsonMapper.shared().readTree(line).path("chunks").asInt(-1))
          .as(line)
          .isEqualTo(chunks.size());
    }
    assertThat(lines.getLast()).startsWith("{\"kind\":\"end\",");
    return chunks.size();
  }

  private String eventId(int number) {
    return session + "-" + number;
  }

  /** Reports an event. */
  boolean sendEvent(Client client, int number, boolean known) {
    String event =
        """
        {"project_id":"%s","session_id":"%s","event_id":"%s","timestamp":"%s"}\
        """
            .formatted(PROJECT, session, eventId(number), Instant.ofEpochMilli(millis(number)));
    Answer answer = client.post(Client.JSON, event);
    if (answer.status() == 503) {
      answer.unavailable("journal-full");
      return false;
    }
    answer.recorded(1);
    return true;
  }

  /**
   * Checks that the session is the first so many events, in order and each once, and that it is
   * listed with as many.
   *
   * @return how many events there are
   */
  int checkEvents(Client client) {
    List<Integer> listed =
        client
            .get("/monitoring/sessions?since=2d&project_id=" + PROJECT)
            .json()
            .path("sessions")
            .valueStream()
            .filter(each -> each.path("id").asString("").equals(session))
            .map(each -> each.path("events").asInt())
            .toList();
    Answer answer = client.get("/monitoring/sessions/%s?project_id=%s".formatted(session, PROJECT));
    if (answer.status() == 404) {
      assertThat(listed).isEmpty();
      return 0;
    }
    List<String> replayed =
        answer
            .text()
            .lines()
            .map(JsonMapper.shared()::readTree)
            .filter(line -> line.path("kind").asString("").equals("event"))
            .map(RecordedPage::replayedId)
            .toList();
    assertThat(replayed)
        .containsExactlyElementsOf(
            IntStream.range(0, replayed.size()).mapToObj(this::eventId).toList());
    assertThat(listed).containsExactly(replayed.size());
    return replayed.size();
  }

  private static String replayedId(JsonNode line) {
    return line.path("event_id").asString("");
  }
}
